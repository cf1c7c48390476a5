/** The lines of a report: what is counted, in words, with its share; and the same as a file. */
import type { Folder, Tally } from '@/shared/api'

export interface Line {
  key: string
  value: string | null
  label: string
  /** Where it belongs, said beside it. */
  detail?: string
  count: number
  share: number
}

export function linesOf(tally: Tally, name: (value: string) => string, none: string, detail: (value: string) => string | undefined = () => undefined): Line[] {
  return tally.data.map(({ value, count }) => ({ key: value ?? '', value, label: value === null ? none : name(value), detail: value === null ? undefined : detail(value), count, share: tally.total > 0 ? count / tally.total : 0 }))
}

/** The folders that a folder lies in: each is counted by itself, so that the parts add up. */
export function foldersAbove(id: string, folders: ReadonlyMap<string, Folder>): string {
  const names: string[] = []
  for (let at = folders.get(folders.get(id)?.parent_id ?? ''); at && names.length < 32; at = folders.get(at.parent_id ?? '')) names.unshift(at.name)
  return names.join(' › ')
}

const MONTHS_SHOWN = 24

/** The last months in a row, those without anybody too. */
export function monthsOf(tally: Tally, name: (month: string) => string, now: Date, shown = MONTHS_SHOWN): Line[] {
  const counts = new Map<string, number>()
  for (const { value, count } of tally.data) if (value) counts.set(value.slice(0, 7), (counts.get(value.slice(0, 7)) ?? 0) + count)
  return Array.from({ length: shown }, (_, i) => {
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (shown - 1 - i), 1))
    const value = at.toISOString().slice(0, 7)
    const count = counts.get(value) ?? 0
    return { key: value, value, label: name(value), count, share: tally.total > 0 ? count / tally.total : 0 }
  })
}

/** A cell of a CSV file; what a spreadsheet would take for a formula is made plain text. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

export function csvOf(head: string[], lines: Line[]): string {
  return [head, ...lines.map((l) => [l.detail ? `${l.detail} › ${l.label}` : l.label, String(l.count), `${(l.share * 100).toFixed(1)} %`])].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}
