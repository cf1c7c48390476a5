import { IconBrandWhatsapp, IconMail, IconMessage, IconPhone, type Icon } from '@tabler/icons-react'
import type { Channel, Customer } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { dialable, whatsappUrl } from '@/shared/format'
import { t } from '@/shared/i18n'
import { MenuButton } from '@/shared/ui'
import classes from './Header.module.css'

interface Way {
  channel: Channel
  label: string
  icon: Icon
  targets: { text: string; note: string | null; href: string }[]
}

function waysTo(customer: Customer): Way[] {
  const primaryFirst = <T extends { primary: boolean }>(list: T[]) => list.toSorted((a, b) => Number(b.primary) - Number(a.primary))
  const phones = primaryFirst(customer.phones)
  const emails = primaryFirst(customer.emails)
  const numbers = (scheme: string) => phones.map((p) => ({ text: p.number, note: p.label, href: `${scheme}:${dialable(p.number, p.e164)}` }))
  const reachable = phones.filter((p) => p.e164).map((p) => ({ text: p.number, note: p.label, href: whatsappUrl(p.e164!) }))
  return [
    { channel: 'call', label: t('Call'), icon: IconPhone, targets: numbers('tel') },
    { channel: 'email', label: t('E-mail'), icon: IconMail, targets: emails.map((e) => ({ text: e.address, note: e.label, href: `mailto:${e.address}` })) },
    { channel: 'whatsapp', label: t('WhatsApp'), icon: IconBrandWhatsapp, targets: reachable },
    { channel: 'sms', label: t('SMS'), icon: IconMessage, targets: numbers('sms') },
  ]
}

function linkProps(href: string) {
  return href.startsWith('https:') ? { href, target: '_blank', rel: 'noreferrer' } : { href }
}

function ActionButton({ way, refused }: { way: Way; refused: boolean }) {
  const { icon: Icon, label, targets } = way
  const title = refused ? t('{way}: asked not to be contacted this way', { way: label }) : label
  const shared = { id: `reach-${way.channel}`, className: classes.action, 'data-warned': refused || undefined, 'aria-label': title }
  const [only] = targets
  if (targets.length === 1 && only) {
    return (
      <a {...shared} data-tip={`${title} · ${only.text}`} {...linkProps(only.href)}>
        <Icon size={18} stroke={1.7} aria-hidden />
      </a>
    )
  }
  return (
    <MenuButton position="bottom-end" button={<button type="button" {...shared}><Icon size={18} stroke={1.7} aria-hidden /></button>}>
      {(Menu) =>
        targets.map((target) => (
          <Menu.Item key={target.href} component="a" {...linkProps(target.href)}>
            {target.text}
            {target.note && <span className={classes.menuLabel}>{target.note}</span>}
          </Menu.Item>
        ))
      }
    </MenuButton>
  )
}

const KEYS: Record<Channel, string> = { call: 'shift+p', email: 'shift+e', whatsapp: 'shift+w', sms: 'shift+t' }

/** One click to call, write or message; several numbers open a small menu. */
export function Actions({ customer }: { customer: Customer }) {
  const ways = waysTo(customer).filter((way) => way.targets.length > 0)
  useCommands(ways.map(({ channel, label }) => ({
    id: `reach.${channel}`, title: t('Contact by: {way}', { way: label }), group: customer.display_name, keys: KEYS[channel], place: 2, run: () => document.getElementById(`reach-${channel}`)?.click(),
  })))
  return ways.map((way) => <ActionButton key={way.channel} way={way} refused={customer.do_not_contact.includes(way.channel)} />)
}
