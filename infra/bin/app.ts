import './compile-cache.ts';
import { environments } from '../config/environments.ts';
import { createSlipwayApp } from '../lib/stacks/slipway-app.ts';

// For the CDK CLI alone (cdk.json), as in `npx cdk ls`; our own commands call the app directly.
createSlipwayApp({ environments }).synth();
