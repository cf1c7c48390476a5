import { expect, it } from 'vitest'
import type { Folder, FolderAccess } from '@/shared/api'
import { inheritedRules, levelFor } from './access'

const folder = (id: string, parent_id: string | null, access: FolderAccess[] = []) => ({ id, parent_id, access }) as unknown as Folder
const top = folder('top', null, [{ to: 'rol_staff', level: 'none' }, { to: 'usr_ida', level: 'manage' }])
const middle = folder('middle', 'top', [{ to: 'rol_staff', level: 'see' }])
const leaf = folder('leaf', 'middle', [{ to: 'tea_a', level: 'work' }, { to: 'tea_b', level: 'see' }])
const byId = new Map([top, middle, leaf].map((f) => [f.id, f]))

it('the nearest rule for each comes down, but none for whom the folder speaks itself', () => {
  expect(inheritedRules(leaf, byId).map((r) => [r.to, r.level, r.from.id])).toEqual([['rol_staff', 'see', 'middle'], ['usr_ida', 'manage', 'top']])
  expect(inheritedRules(middle, byId).map((r) => r.to)).toEqual(['usr_ida'])
  expect(inheritedRules(top, byId)).toEqual([])
})

it('person before team before role, of several teams the least, the nearest folder first', () => {
  const ida = { user: 'usr_ida', role: 'rol_staff', teams: [] }
  expect(levelFor(ida, top, byId)).toBe('manage')
  expect(levelFor(ida, leaf, byId)).toBe('see')
  expect(levelFor({ ...ida, teams: ['tea_a', 'tea_b'] }, leaf, byId)).toBe('see')
  expect(levelFor({ ...ida, teams: ['tea_a'] }, leaf, byId)).toBe('work')
  expect(levelFor({ user: 'usr_x', role: 'rol_other', teams: [] }, leaf, byId)).toBeUndefined()
})
