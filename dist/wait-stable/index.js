import { load } from '../lib/index.js';

await load['wait-stable']();
