import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { t } from '.'

const src = join(import.meta.dirname, '../..')

/** Sentences whose place for a value is filled in later, by a second t(). */
const FILLED_LATER = ['features/finding/words.ts', 'features/settings/audit/words.ts']

interface Message {
  where: string
  text: string
  /** The names that the call gives, when it gives them on the spot. */
  given?: string[]
  bare: boolean
}

function messagesOf(file: string): Message[] {
  const source = ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found: Message[] = []
  const walk = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first, second] = node.arguments
      const named = second && ts.isObjectLiteralExpression(second) && second.properties.every((p) => p.name && ts.isIdentifier(p.name))
      const given = named ? second.properties.map((p) => (p.name as ts.Identifier).text) : undefined
      if (first && ts.isStringLiteralLike(first)) found.push({ where: file, text: first.text, given, bare: second === undefined })
    }
    ts.forEachChild(node, walk)
  }
  walk(source)
  return found
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !/\.test\.|\.d\.ts$/.test(f))
const messages = files.flatMap(messagesOf)
const namesOf = (text: string) => [...text.matchAll(/\{(\w+)(?=[,}])/g)].map((m) => m[1]!)

/** What is wrong with a message; nothing when it can be shown. */
function wrong({ text, given, bare, where }: Message): string | undefined {
  if (bare) return text.includes('{') && !FILLED_LATER.includes(where) ? 'its braces are never filled in' : undefined
  for (const n of [0, 1, 2, 3, 5, 11, 1_000_000]) {
    const said = t(text, Object.fromEntries((given ?? namesOf(text)).map((name) => [name, n])))
    if (/[{}]|plural,/.test(said)) return `it shows “${said}”`
  }
  return undefined
}

describe('what people read', () => {
  it('never shows raw braces', () => {
    expect(messages.length).toBeGreaterThan(500)
    expect(messages.flatMap((m) => (wrong(m) ? [`${m.where}: “${m.text}”: ${wrong(m)}`] : []))).toEqual([])
  })

  it('knows raw braces when there are some', () => {
    const said = (text: string, given?: string[]) => wrong({ where: '', text, given, bare: given === undefined })
    expect(said('Delete {name}?')).toMatch(/never filled in/)
    expect(said('Delete {name}?', ['nme'])).toMatch(/shows/)
    expect(said('{n, plural, one {# note} other {# notes}', ['n'])).toMatch(/shows/)
    expect(said('{n, plural, one {# note} other {# notes in {folder}}}', ['n', 'folder'])).toBeUndefined()
  })
})
