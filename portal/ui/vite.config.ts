import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server puts a fresh nonce in place of this word each time it sends index.html; React Aria and
// CodeMirror read it from the meta element that Vite writes.
const NONCE = '__CSP_NONCE__';

export default defineConfig(({ command }) => ({
  plugins: [react()],
  html: command === 'build' ? { cspNonce: NONCE } : {},
  build: {
    outDir: 'target/classes/static',
    emptyOutDir: true,
    target: 'es2023',
    // A preload polyfill would be an inline script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:5174' },
  },
}));
