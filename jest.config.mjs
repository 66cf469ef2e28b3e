import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  // Nothing here may depend on the machine's speed: the limit only ends what hangs.
  testTimeout: 120_000,
  // Bundle tests mostly wait for the rehearsal's clock, so one more than there are cores; Jest alone would take one less.
  maxWorkers: availableParallelism() + 1,
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{actions,apps,rehearsal,scripts}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
};
