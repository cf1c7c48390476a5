// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { InlineText } from './InlineText'

function setUp(answer: () => Promise<void> = () => Promise.resolve()) {
  const onSave = vi.fn<(text: string) => Promise<void>>(answer)
  render(<InlineText label="Name" value="VIP" onSave={onSave} />)
  return { box: screen.getByRole('textbox', { name: 'Name' }), onSave, user: userEvent.setup() }
}

it('saves on Enter, trimmed, and only what changed', async () => {
  const { box, onSave, user } = setUp()
  await user.clear(box)
  await user.type(box, ' Friends {Enter}')
  expect(onSave.mock.calls).toEqual([['Friends']])
})

it('restores on Esc and when nothing is left', async () => {
  const { box, onSave, user } = setUp()
  await user.type(box, 's{Escape}')
  expect(box).toHaveValue('VIP')
  await user.clear(box)
  await user.tab()
  expect(box).toHaveValue('VIP')
  expect(onSave).not.toHaveBeenCalled()
})

it('keeps what was typed when the server refuses it, and says why', async () => {
  const { box, user } = setUp(() => Promise.reject(new Error('There is a tag of this name already.')))
  await user.type(box, '2{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('this name already')
  expect(box).toHaveValue('VIP2')
  expect(box).toHaveAttribute('aria-invalid', 'true')
})
