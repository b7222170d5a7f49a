import wc from 'eslint-plugin-wc';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PACKAGES = 'packages/*/src/**/*.ts';
const TESTS = ['**/*.test.{ts,mjs}', 'packages/*/src/testing/**', 'test/**'];

/** Nothing runs at import and nothing is remembered between two users of a module. */
const noModuleState = [
  {
    selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind=/^(let|var)$/]',
    message: 'A module keeps no state: put it in the object that a function makes (CONTRIBUTING).',
  },
  {
    selector: 'Program > ExpressionStatement:not([directive])',
    message: 'Nothing runs at import: move it into a function, or into a define entry.',
  },
];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name, so that a thing has one name everywhere.',
};

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of strings: it costs nothing and reads the same on the wire.',
};

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '**/.cache/**',
      'test/fixtures/vendor/**',
      'packages/elements/editor/**',
    ],
  },
  {
    files: ['**/*.{ts,mjs}'],
    extends: [tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', noEnum],
      '@typescript-eslint/no-explicit-any': 'error',
      // A short circuit is a statement of its own in code that counts bytes.
      '@typescript-eslint/no-unused-expressions': [
        'error',
        { allowShortCircuit: true, allowTernary: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/consistent-type-exports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: [PACKAGES],
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-alert': 'error',
    },
  },
  {
    // Chai says `expect(it).to.be.true`.
    files: ['**/*.browser.test.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    // What ships. Tests may register elements, hold a page in a `let`, and the like.
    files: [PACKAGES],
    ignores: TESTS,
    languageOptions: {
      parserOptions: {
        project: ['packages/*/tsconfig*.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-syntax': ['error', noEnum, noDefaultExport, ...noModuleState],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-deprecated': 'error',
    },
  },
  {
    // These are there to run: one registers an element, the other is the script tag itself.
    files: ['packages/elements/src/*/define.ts', 'packages/elements/src/script/placet*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noDefaultExport] },
  },
  {
    files: ['packages/elements/src/**/*.ts'],
    ignores: TESTS,
    extends: [
      lit['flat/recommended'],
      wc.configs['flat/best-practice'],
      litA11y.configs.recommended,
    ],
    rules: {
      // A `style` attribute is a violation of `style-src 'self'`.
      'lit/ban-attributes': ['error', 'style'],
      'lit/lifecycle-super': 'error',
      'lit/no-classfield-shadowing': 'error',
      'lit/no-legacy-imports': 'error',
      'lit/no-native-attributes': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/no-value-attribute': 'error',
      'lit/prefer-static-styles': 'error',
      'lit/quoted-expressions': ['error', 'never'],
      // Meant for elements that extend a class they do not know; Lit's always has these methods.
      'wc/guard-super-call': 'off',
      // Does not know that a checkbox brings its own state to `role="switch"`; axe does.
      'lit-a11y/role-has-required-aria-attrs': 'off',
      // Lit attaches the shadow root.
      'wc/attach-shadow-constructor': 'off',
    },
  },
);
