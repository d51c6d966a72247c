// Lints the frontend, and keeps the direction of its dependencies:
// core <- notebook <- gutter | report | hygiene <- plugins.
import tseslint from 'typescript-eslint';

/** Files below `folder` may not import from these folders. */
function layer(folder, forbidden, message) {
  return {
    files: [`src/${folder}/**/*.ts`],
    ignores: ['**/__tests__/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: forbidden, message }] }
      ]
    }
  };
}

export default tseslint.config(
  { ignores: ['src/contract.ts', 'src/**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['src/**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: './tsconfig.test.json',
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      // A slot is connected with the object that it is bound to: signal.connect(this._slot, this).
      '@typescript-eslint/unbound-method': 'off',
      curly: 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 320, skipComments: true }],
      'prefer-const': 'error'
    }
  },
  layer(
    'core',
    '^@jupyterlab/|^@lumino/|^\\.\\./(notebook|gutter|report|hygiene|plugins|client)',
    'core knows neither JupyterLab nor the layers above it.'
  ),
  layer(
    'notebook',
    '^\\.\\./(gutter|report|hygiene|plugins)',
    'notebook does not know the layers above it.'
  ),
  layer(
    'gutter',
    '^\\.\\./(report|hygiene|plugins)',
    'gutter knows neither what stands beside it nor the plugins.'
  ),
  layer(
    'report',
    '^\\.\\./(gutter|hygiene|plugins)',
    'report knows neither what stands beside it nor the plugins.'
  ),
  layer(
    'hygiene',
    '^\\.\\./(gutter|report|plugins)',
    'hygiene knows neither what stands beside it nor the plugins.'
  ),
  {
    files: ['**/__tests__/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 400 }]
    }
  }
);
