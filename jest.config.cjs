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
  testMatch: ['**/__tests__/**/*.spec.ts'],
  setupFiles: ['<rootDir>/jest.setup.cjs'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'json'],
  moduleNameMapper: {
    '\\.(css|svg|png)$': '<rootDir>/jest.asset.cjs'
  },
  transform: {
    '\\.(ts|js|mjs)x?$': [
      'ts-jest',
      {
        diagnostics: false,
        tsconfig: {
          allowJs: true,
          esModuleInterop: true,
          isolatedModules: true,
          module: 'CommonJS',
          moduleResolution: 'node10',
          target: 'ES2020',
          experimentalDecorators: true
        }
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules}))`]
};
