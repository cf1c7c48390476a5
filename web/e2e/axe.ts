import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** `except`: rules that do not hold there; say why where you call it. */
export async function violations(page: Page, except: string[] = []): Promise<string[]> {
  const result = await new AxeBuilder({ page }).withTags(RULES).disableRules(except).analyze()
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`)
}
