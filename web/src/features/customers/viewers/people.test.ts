import { expect, it } from 'vitest'
import type { AuditEntry } from '@/shared/api'
import { onlookers } from './people'

const look = (id: string, at: string) => ({ actor: { kind: 'user', id, name: `name of ${id}` }, at }) as AuditEntry

it('names everybody once, the latest first, with how often and since when', () => {
  expect(onlookers([look('b', '4'), look('a', '3'), look('b', '2'), look('b', '1')])).toEqual([
    { id: 'b', name: 'name of b', times: 3, first: '1', last: '4' },
    { id: 'a', name: 'name of a', times: 1, first: '3', last: '3' },
  ])
})
