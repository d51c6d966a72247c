// Runs the tests beside what they test, against the real JupyterLab packages, in a simulated browser.

/** Packages that come as ES modules only, which jest cannot read untransformed. */
const esModules = [
  '@codemirror/',
  '@jupyter/',
  '@jupyterlab/',
  '@lezer/',
  '@marijn/',
  '@microsoft/',
  '@rjsf/',
  'color',
  'exenv-es6',
  'lib0/',
  'nanoid/',
  'vscode-ws-jsonrpc',
  'y-protocols/',
  'y-websocket/',
  'yjs/'
].join('|');

module.exports = {
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/src'],
  collectCoverageFrom: ['src/**/*.ts', '!src/**/__tests__/**'],
  coverageProvider: 'babel',
  coverageReporters: ['text-summary'],
  testMatch: ['**/__tests__/**/*.spec.ts'],
  setupFiles: ['<rootDir>/jest.setup.cjs'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'json'],
  moduleNameMapper: {
    '\\.(css|svg|png)$': '<rootDir>/jest.asset.cjs'
  },
  transform: {
    '\\.(ts|js|mjs)x?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true },
          target: 'es2020'
        },
        module: { type: 'commonjs' },
        sourceMaps: true
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules}))`]
};
