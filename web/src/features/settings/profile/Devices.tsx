import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { t } from '@/shared/i18n'
import { Button, ErrorState, Skeleton, Time } from '@/shared/ui'
import { devicesQuery, endDevice } from '../api/people'
import classes from '../shared/settings.module.css'
import { agentName, isPhone } from './agents'

export function Devices() {
  const client = useQueryClient()
  const devices = useQuery(devicesQuery)
  const end = useMutation({
    mutationFn: endDevice,
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  })
  return (
    <section className={classes.card} aria-label={t('Devices')}>
      <div className={classes.pad}>
        <h3 className={classes.title}>{t('Devices')}</h3>
        <p className={classes.sub}>{t('Where you are signed in. Sign out whatever you do not know, and change the password.')}</p>
      </div>
      {devices.isPending && <Skeleton lines={2} />}
      {devices.isError && <ErrorState error={devices.error} onRetry={() => void devices.refetch()} />}
      <ul className={classes.list}>
        {devices.data?.map((device) => {
          const Icon = isPhone(device.agent) ? IconDeviceMobile : IconDeviceDesktop
          return (
            <li key={device.id} className={classes.row}>
              <Icon size={20} stroke={1.6} aria-hidden />
              <div className={classes.main}>
                <b>{agentName(device.agent)}</b>
                <small>
                  {device.address} · {t('last seen')} <Time at={device.last_seen_at} />
                </small>
              </div>
              {device.current ? (
                <span className={classes.badge} data-tone="ok">{t('This device')}</span>
              ) : (
                <Button compact disabled={end.isPending} onClick={() => end.mutate(device)}>{t('Sign out')}</Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
