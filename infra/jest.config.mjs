import base from '../jest.config.mjs';

/** The infrastructure's tests synthesize for minutes, so they have a command of their own: `npm run test:infra`. */
export default { ...base, rootDir: '..', testMatch: ['<rootDir>/infra/**/*.test.ts'] };
