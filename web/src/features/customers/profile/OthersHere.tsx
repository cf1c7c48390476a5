import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import classes from './Header.module.css'
import { useOthersHere } from './presence'

export function OthersHere({ id }: { id: string }) {
  const others = useOthersHere(id)
  if (others.length === 0) return null
  return (
    <div className={classes.others} role="group" aria-label={t('Also here')}>
      {others.slice(0, 4).map((p) => (
        <span key={p.user_id} role="img" aria-label={t('{name} is looking too', { name: p.name })} data-tip={t('{name} is looking too', { name: p.name })}>
          <Avatar name={p.name} size={26} />
        </span>
      ))}
    </div>
  )
}
