// What the compiler cannot say about the house: who may import whom, and what never appears in a component.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const noTauri = {
  group: ['@tauri-apps/*'],
  message: 'Only src/api/backend.ts speaks to the shell.',
};

/** The engine draws its own tooltip for a `title`, above dialogs and in no theme. */
const titleMessage = 'Use data-tip, or the class clip, from shared/tooltip.ts instead of the attribute title.';
const titled = "SvelteElement:matches([kind='html'], [name.name='Button']) > SvelteStartTag";
const noTitles = [
  { selector: `${titled} > SvelteAttribute[key.name='title']`, message: titleMessage },
  { selector: `${titled} > SvelteShorthandAttribute[key.name='title']`, message: titleMessage },
  { selector: "AssignmentExpression[left.type='MemberExpression'][left.property.name='title']", message: titleMessage },
  { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='title']", message: titleMessage },
];

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/contract.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      // The compiler knows better which names exist.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...noTitles],
      'no-restricted-imports': ['error', { patterns: [noTauri] }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.js'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // The policy of the window forbids style attributes; `style:name={value}` goes through the CSSOM and is fine.
      'no-restricted-syntax': [
        'error',
        { selector: "SvelteAttribute[key.name='style']", message: 'The policy of the window blocks style attributes.' },
        ...noTitles,
      ],
      'svelte/button-has-type': 'error',
    },
  },
  {
    files: ['src/api/backend.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/reader/**', 'src/shared/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noTauri,
            { regex: '/(stores|app)/', message: 'reader/ and shared/ know neither stores nor features.' },
            {
              regex: '/api/(?!contract)',
              message: 'reader/ and shared/ may name the types of the contract, never call it.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['*.config.js', '*.config.ts'],
    languageOptions: { globals: { ...globals.node } },
  },
);
