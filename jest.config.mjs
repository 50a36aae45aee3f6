export default {
  testEnvironment: 'node',
  maxWorkers: 2,
  // Machines are shared: a test that waits for a process or a socket is not late after seconds, nor after a minute.
  testTimeout: 240_000,
  roots: ['<rootDir>/src', '<rootDir>/projections', '<rootDir>/test', '<rootDir>/examples', '<rootDir>/web/src'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.[jt]s$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
