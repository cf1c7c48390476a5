import { expect, it } from 'vitest'
import { withoutWorker, withResponsible, withWorker } from './workers'

it('keeps exactly one worker responsible', () => {
  const one = withWorker([], 'a')
  expect(one).toEqual([{ user_id: 'a', responsible: true }])
  const two = withWorker(one, 'b')
  expect(two[1]).toEqual({ user_id: 'b', responsible: false })
  expect(withResponsible(two, 'b').map((w) => w.responsible)).toEqual([false, true])
  expect(withoutWorker(two, 'a')).toEqual([{ user_id: 'b', responsible: true }])
  expect(withoutWorker(one, 'a')).toEqual([])
})
