import { join } from 'node:path';
import { defineConfig } from 'vite';
import { bundleSize } from './tools/bundle-size.ts';

const root = import.meta.dirname;

/** The web app of district and head office. Served under `/desk/`; it shares the phone's runtime and design and installs nothing. */
export default defineConfig({
  root: join(root, 'src/desk'),
  base: '/desk/',
  build: {
    outDir: join(root, 'dist/desk'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: join(root, 'src/desk/desk.html') },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': 'http://localhost:8410' } },
  plugins: [bundleSize({ folder: join(root, 'dist/desk'), page: 'desk.html', first: 200_000, precached: 2_000_000 })],
});
