import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the API while Vite serves the pages. */
const server = process.env['KURA_URL'] ?? 'http://127.0.0.1:8888';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // The content security policy knows neither inline scripts nor data: fonts; every asset is a file of our own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': server, '/health': server, '/socket.io': { target: server, ws: true } } },
});
