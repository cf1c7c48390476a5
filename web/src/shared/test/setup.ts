import { afterEach } from 'vitest'

// Tests of components say `@vitest-environment jsdom` in their first line; all others do without a page, which is much faster.
if (typeof document !== 'undefined') {
  await import('@testing-library/jest-dom/vitest')
  const { cleanup } = await import('@testing-library/react')
  afterEach(cleanup)
}
