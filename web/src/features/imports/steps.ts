import type { Import } from '@/shared/api'

/** Where an import stands, for the person: 1 the columns, 2 the dry run, 3 the real one. */
export type Stage = 'mapping' | 'trying' | 'tried' | 'running' | 'over' | 'undoing' | 'undone'

export function stageOf(i: Pick<Import, 'state' | 'job'>): Stage {
  if (i.job === 'preview') return 'trying'
  if (i.job === 'undo') return 'undoing'
  if (i.job === 'run' || i.state === 'running') return 'running'
  if (i.state === 'previewed') return 'tried'
  if (i.state === 'undone') return 'undone'
  return i.state === 'done' || i.state === 'stopped' ? 'over' : 'mapping'
}

export const STEP: Record<Stage, 1 | 2 | 3> = { mapping: 1, trying: 2, tried: 2, running: 3, over: 3, undoing: 3, undone: 3 }

/** Columns that go to one and the same single field. */
export function doubled(mapping: Record<string, string>): string[] {
  const seen = new Map<string, number>()
  for (const field of Object.values(mapping)) if (field !== '-') seen.set(field, (seen.get(field) ?? 0) + 1)
  return [...seen].filter(([field, n]) => n > 1 && !/^(email|phone|tag|note)\b/.test(field)).map(([field]) => field)
}

/** How sure the server is, in three words. */
export function sureness(confidence: number): 'sure' | 'likely' | 'guess' {
  if (confidence >= 0.9) return 'sure'
  return confidence >= 0.6 ? 'likely' : 'guess'
}
