import { load } from '../lib/index.js';

await load['build-push-ecr']();
