/** The events that filters offer, in words. The server counts any kind; those no one names here show as they are called. */
import type { Session } from '@/shared/api'
import { t } from '@/shared/i18n'
import { readsAllOf } from '@/shared/session'
import type { Subject } from './ways'

export interface EventOffer {
  key: string
  group: string
  /** As it stands in the list of conditions. */
  label: string
  /** In a sentence: "who have {one} at least 3 times" reads "a booking completed". */
  none: string
  one: string
  subject: Subject
  /** Its amounts can be summed up. */
  summed?: true
}

const bookings = ['booking.requested', 'booking.confirmed', 'booking.moved']
const off = ['booking.cancelled', 'booking.no_show']
const group = { booking: t('Bookings'), money: t('Money'), subscription: t('Subscriptions'), contact: t('Contact'), work: t('Work') }

const offer = (where: keyof typeof group, key: string, label: string, one: string, none: string, subject: Subject, summed?: true): EventOffer =>
  ({ key, group: group[where], label, one, none, subject, ...(summed ? { summed } : {}) })

export const EVENTS: EventOffer[] = [
  offer('booking', 'booking.completed', t('Booking completed'), t('a booking completed'), t('no booking completed'), { event: 'booking.completed' }),
  offer('booking', 'booking.kept', t('Booking, not cancelled'), t('a booking that was not cancelled'), t('no booking that was not cancelled'), { event: [...bookings, 'booking.completed'], until: off }),
  offer('booking', 'booking.upcoming', t('Upcoming booking'), t('an upcoming booking'), t('no upcoming booking'), { event: bookings, until: ['booking.completed', ...off], upcoming: true }),
  offer('booking', 'booking.made', t('Booking, except cancelled'), t('a booking'), t('no booking'), { event: [...bookings, 'booking.completed', 'booking.no_show'], until: 'booking.cancelled' }),
  offer('booking', 'booking.cancelled', t('Booking cancelled'), t('a booking cancelled'), t('no booking cancelled'), { event: 'booking.cancelled' }),
  offer('booking', 'booking.no_show', t('No-show'), t('a no-show'), t('no no-show'), { event: 'booking.no_show' }),
  offer('money', 'payment.received', t('Payment received'), t('a payment'), t('no payment'), { event: 'payment.received' }, true),
  offer('money', 'payment.net', t('Payments, less refunds'), t('payments, less refunds,'), t('no payments'), { event: 'payment.received', less: 'payment.refunded' }, true),
  offer('money', 'invoice.sent', t('Invoice sent'), t('an invoice sent'), t('no invoice sent'), { event: 'invoice.sent' }, true),
  offer('money', 'order.placed', t('Order placed'), t('an order'), t('no order'), { event: 'order.placed' }, true),
  offer('subscription', 'subscription.running', t('Running subscription'), t('a running subscription'), t('no running subscription'), { event: ['subscription.started', 'subscription.resumed'], until: ['subscription.paused', 'subscription.cancelled', 'subscription.ended'] }),
  offer('subscription', 'subscription.paused', t('Paused subscription'), t('a paused subscription'), t('no paused subscription'), { event: 'subscription.paused', until: ['subscription.resumed', 'subscription.cancelled', 'subscription.ended'] }),
  offer('subscription', 'subscription.started', t('Subscription started'), t('a subscription started'), t('no subscription started'), { event: 'subscription.started' }),
  offer('contact', 'message.received', t('Message from the customer'), t('a message from them'), t('no message from them'), { event: 'message.received' }),
  offer('contact', 'message.sent', t('Message to the customer'), t('a message to them'), t('no message to them'), { event: 'message.sent' }),
  offer('contact', 'note.written', t('Note written'), t('a note written'), t('no note written'), { event: 'note.written' }),
  offer('contact', 'form.answered', t('Form answered'), t('a form answered'), t('no form answered'), { event: 'form.answered' }),
  offer('contact', 'review.received', t('Review received'), t('a review'), t('no review'), { event: 'review.received' }),
  offer('work', 'task.completed', t('Task completed'), t('a task completed'), t('no task completed'), { event: 'task.completed' }),
  offer('work', 'ticket.opened', t('Ticket opened'), t('a ticket opened'), t('no ticket opened'), { event: 'ticket.opened' }),
]

/** Those by which this person may find somebody: not by what happens in a section that does not show them everything. */
export const eventsFor = (session: Session | undefined) => EVENTS.filter(({ key }) => !key.startsWith('note.') || !session || readsAllOf('notes', session))

const same = (one: Subject, other: Subject) => JSON.stringify([one.event, one.until, one.upcoming, one.less]) === JSON.stringify([other.event, other.until, other.upcoming, other.less])

/** What an event is called; made up of its own names where no offer fits. */
export function eventOf(subject: Subject): EventOffer {
  const known = EVENTS.find((e) => same(e.subject, subject))
  if (known) return known
  const plain = [subject.event].flat().join(', ').replaceAll(/[._]/g, ' ')
  const until = subject.until ? t(' and not {kinds}', { kinds: [subject.until].flat().join(', ').replaceAll(/[._]/g, ' ') }) : ''
  const label = `${subject.upcoming ? t('upcoming ') : ''}${plain}${until}`
  return { key: JSON.stringify(subject), group: t('Other events'), label, one: label, none: t('no {what}', { what: label }), subject, summed: true }
}
