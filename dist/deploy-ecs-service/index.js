import { load } from '../lib/index.js';

await load['deploy-ecs-service']();
