import { join } from 'node:path';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { bundleSize } from './tools/bundle-size.ts';

const root = import.meta.dirname;

/** The phone app. Served at `/`; every address that is no file and not under /api answers with phone.html. */
export default defineConfig({
  root: join(root, 'src/phone'),
  base: '/',
  // The policy allows no inline script or style, and nothing from elsewhere: assets stay files, and no preload polyfill is put in.
  build: {
    outDir: join(root, 'dist/phone'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: join(root, 'src/phone/phone.html') },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': 'http://localhost:8410' } },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'],
        // Nastaliq is by choice, and a medallion belongs on covers that are printed.
        globIgnores: ['**/noto-nastaliq*', '**/service-worker*', '**/*medallion*'],
      },
    }),
    // Budgets of first JavaScript and of everything precached, in bytes.
    bundleSize({ folder: join(root, 'dist/phone'), page: 'phone.html', first: 45_000, precached: 400_000 }),
  ],
});
