import { load } from '../lib/index.js';

await load['promote-image']();
