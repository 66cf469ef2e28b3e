import { load } from '../lib/index.js';

await load['render-taskdef']();
