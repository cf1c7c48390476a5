import { expect, it } from 'vitest'
import type { CustomerViewer } from '@/shared/api'
import { viewersShown } from './order'

const viewer = (name: string, sees: boolean, works: boolean) => ({ name, sees, works }) as CustomerViewer
const all = [viewer('Zoë', true, true), viewer('Ann', false, false), viewer('Bea', true, false), viewer('Cy', true, true)]

it('shows first who works with the customer, and last who does not see them', () => {
  expect(viewersShown(all, '').map((v) => v.name)).toEqual(['Cy', 'Zoë', 'Bea', 'Ann'])
  expect(viewersShown(all, ' zoe').map((v) => v.name)).toEqual(['Zoë'])
})
