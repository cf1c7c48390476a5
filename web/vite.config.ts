/// <reference types="vitest/config" />
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstScreen } from './scripts/firstScreen.ts'

const api = process.env.PATRON_API ?? 'http://127.0.0.1:8090'

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: 'src/routes',
      generatedRouteTree: 'src/app/routeTree.gen.ts',
      quoteStyle: 'single',
    }),
    react(),
  ],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    // Newer than light-dark(): a lower target makes the CSS minifier rewrite it, and the dark theme is lost.
    target: ['chrome125', 'edge125', 'firefox126', 'safari17.5'],
    outDir: 'dist',
    assetsDir: 'assets',
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { index: 'index.html', docs: 'docs.html' },
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstScreen(import.meta.dirname) }, { name: 'icons', test: /@tabler[\\/]icons-react[\\/]/, minShareCount: 2 }] } },
    },
  },
  server: { port: 5173, proxy: { '/api': { target: api, changeOrigin: false } } },
  test: {
    environment: 'node',
    setupFiles: ['src/shared/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
  },
})
