import { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Folder, LiveEvent, Session } from '@/shared/api'
import { sessionQuery } from '@/shared/session'
import { sightChanged } from './rights'

const session = (key: string, visibility = 'own', permissions = ['customers.view']) => ({ user: { id: 'usr_me' }, role: { id: 'rol_1', key, visibility }, permissions }) as unknown as Session
const folder = (name: string, access: Folder['access'] = []) => ({ id: 'fol_1', name, parent_id: null, access }) as unknown as Folder

/** What the server answers from now on. */
let answers: Record<string, unknown>
vi.mock('@/shared/api', async (original) => ({
  ...(await original<object>()),
  api: { GET: (path: string) => answers[path] },
  ask: (answer: unknown) => Promise.resolve(answer),
}))

function changed(before: Session, event: LiveEvent) {
  const client = new QueryClient()
  client.setQueryData(sessionQuery.queryKey, before)
  return sightChanged(client, [event], [folder('Leads')])
}

describe('what one may see', () => {
  beforeEach(() => {
    answers = { '/session': session('sales'), '/folders': { data: [folder('Leads')], next: null } }
  })

  it('is another one when the role says so, not when any role changed', async () => {
    expect(await changed(session('sales'), { kind: 'role.updated' })).toBe(false)
    answers['/session'] = session('sales', 'all')
    expect(await changed(session('sales'), { kind: 'role.updated' })).toBe(true)
    expect(await changed(session('sales'), { kind: 'live.reopened' })).toBe(true)
  })

  it('is asked about oneself, not about every colleague', async () => {
    answers['/session'] = session('sales', 'all')
    const other = { kind: 'user.updated', subject: { kind: 'user', id: 'usr_other', version: 2 } }
    expect(await changed(session('sales'), other)).toBe(false)
    expect(await changed(session('sales'), { ...other, subject: { ...other.subject, id: 'usr_me' } })).toBe(true)
  })

  it('follows teams and the rules of folders, but not their names; for owners neither', async () => {
    expect(await changed(session('sales'), { kind: 'team.updated' })).toBe(true)
    expect(await changed(session('owner'), { kind: 'team.updated' })).toBe(false)
    answers['/folders'] = { data: [folder('Renamed')], next: null }
    expect(await changed(session('sales'), { kind: 'folder.updated' })).toBe(false)
    answers['/folders'] = { data: [folder('Leads', [{ to: 'rol_1', level: 'none' }])], next: null }
    expect(await changed(session('sales'), { kind: 'folder.updated' })).toBe(true)
    expect(await changed(session('owner'), { kind: 'folder.updated' })).toBe(false)
  })
})
