import { expect, it } from 'vitest'
import type { Role, Session } from '@/shared/api'
import { changesOf, isChanged, maySee, reaches } from './reach'

const role = (more: Partial<Role>) => ({ key: 'sales', permissions: ['customers.view'], visibility: 'own', area_visibility: [], edited: true, name: 'Sales', ...more }) as Role
const session = (more: Partial<Role>, permissions: string[]) => ({ role: role(more), permissions }) as Session

it('nobody gives away more than they have', () => {
  const manager = session({ key: 'manager', visibility: 'team' }, ['customers.view', 'roles.edit'])
  expect(reaches(manager, role({}))).toBe(true)
  expect(reaches(manager, role({ permissions: ['customers.view', 'customers.edit'] }))).toBe(false)
  expect(reaches(manager, role({ visibility: 'all' }))).toBe(false)
  expect(maySee(manager, 'team')).toBe(true)
  expect(maySee(session({ key: 'owner', visibility: 'none' }, []), 'all')).toBe(true)
})

it('nobody gives away more of an area than they see of it', () => {
  const notesOf = (visibility: 'own' | 'team') => [{ area: 'notes', visibility }]
  const manager = session({ key: 'manager', visibility: 'all', area_visibility: notesOf('team') }, ['customers.view'])
  expect(reaches(manager, role({ visibility: 'all', area_visibility: notesOf('own') }))).toBe(true)
  expect(reaches(manager, role({ visibility: 'all' }))).toBe(false)
  expect(reaches(manager, role({ visibility: 'team' }))).toBe(true)
})

it('a ready-made role is changed when its rights or its sight are', () => {
  expect(isChanged(role({ key: 'staff', edited: false, visibility: 'all' }))).toBe(false)
  expect(isChanged(role({ key: 'staff', edited: false, visibility: 'own' }))).toBe(true)
  expect(isChanged(role({ key: 'staff', edited: true, visibility: 'all' }))).toBe(true)
  expect(isChanged(role({ edited: true }))).toBe(false)
})

it('writes only what differs, in whatever order the rights stand', () => {
  const before = role({ permissions: ['a.view', 'b.view'] })
  expect(changesOf(before, { name: 'Sales', permissions: ['b.view', 'a.view'], visibility: 'team' })).toEqual({ visibility: 'team' })
  expect(changesOf(before, { permissions: ['a.view'] })).toEqual({ permissions: ['a.view'] })
})
