// One build for the desktop window: plain files without hashes to guess, no dev server in the product.
/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // The window loads from the app's own scheme, never from a server's root.
  base: './',
  build: {
    outDir: 'dist',
    // WebKitGTK 2.46 and later, the first with light-dark(), on which the tokens stand.
    target: 'safari18',
    // The policy allows no data: fonts or styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, strictPort: true },
  // Tests mount components in happy-dom, so the browser's half of Svelte must be found.
  ...(mode === 'test' ? { resolve: { conditions: ['browser'] } } : {}),
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    // Two cores are the machine that this must pass on.
    testTimeout: 20_000,
  },
}));
