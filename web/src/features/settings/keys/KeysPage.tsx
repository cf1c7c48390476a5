import { useQuery } from '@tanstack/react-query'
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Key } from '@/shared/api'
import { fullTime, shortTime } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty, ErrorState, IconButton, Skeleton } from '@/shared/ui'
import { keysQuery, mapById, useUsers } from '@/shared/vocabulary'
import { useRemove } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { Page } from '../shared/Page'
import classes from '../shared/settings.module.css'
import { KeyForm } from './KeyForm'
import { NewKey } from './NewKey'

function life(key: Key) {
  const used = key.last_used_at ? t('used {time}', { time: shortTime(key.last_used_at) }) : t('never used')
  if (!key.expires_at) return used
  const over = new Date(key.expires_at) < new Date()
  return `${used} · ${over ? t('expired') : t('until {time}', { time: fullTime(key.expires_at) })}`
}

export function KeysPage() {
  const keys = useQuery(keysQuery)
  const users = mapById(useUsers())
  const can = useCan()
  const remove = useRemove('/keys')
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<Key>()
  const [leaving, setLeaving] = useState<Key>()
  const add = can('keys.create') && <Button tone="brand" icon={<IconPlus size={16} stroke={2} aria-hidden />} onClick={() => setMaking(true)}>{t('Make a key')}</Button>
  return (
    <Page title={t('API keys')} lead={t('With a key a program works with Patron in place of a person, never with more rights.')} action={(keys.data?.length ?? 0) > 0 && add}>
      {keys.isPending && <Skeleton lines={3} />}
      {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data && (
        <section className={classes.card} aria-label={t('API keys')}>
          {keys.data.length === 0 && <Empty icon={<IconKey size={22} aria-hidden />} title={t('No keys yet')} action={add}>{t('Make one for the first program that reads or writes your customers.')}</Empty>}
          <ul className={classes.list}>
            {keys.data.map((key) => (
              <li key={key.id} className={classes.row}>
                <div className={classes.main}>
                  <b>{key.name}</b>
                  <small>{[key.user_id && users.get(key.user_id)?.name, life(key)].filter(Boolean).join(' · ')}</small>
                </div>
                <span className={`${classes.badge} ${classes.wide}`}>{key.scopes.length === 0 ? t('All rights of the person') : t('{n, plural, one {# right} other {# rights}}', { n: key.scopes.length })}</span>
                <code className={classes.side}>{key.hint}</code>
                {can('keys.delete') && (
                  <IconButton small tip="top" label={t('Revoke {name}', { name: key.name })} onClick={() => { remove.reset(); setLeaving(key) }}>
                    <IconTrash size={16} stroke={1.7} aria-hidden />
                  </IconButton>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className={classes.sub}><a href="/api/docs">{t('What programs can do: the API’s reference')}</a></p>
      {making && <KeyForm onClose={() => setMaking(false)} onMade={setMade} />}
      {made?.key && <NewKey name={made.name} secret={made.key} onClose={() => setMade(undefined)} />}
      {leaving && (
        <Confirm title={t('Revoke the key {name}?', { name: leaving.name })} action={t('Revoke the key')} record={leaving} remove={remove} onClose={() => setLeaving(undefined)}>
          {t('Programs that use it are refused from this moment.')}
        </Confirm>
      )}
    </Page>
  )
}
