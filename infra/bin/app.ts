import { environments } from '../config/environments.ts';
import { createSlipwayApp } from '../lib/stacks/slipway-app.ts';

// Run by the CDK CLI (cdk.json) and by `infra:synth`.
createSlipwayApp({ environments }).synth();
