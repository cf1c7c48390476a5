import { Link } from '@tanstack/react-router'
import type { Import } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Empty } from '@/shared/ui'
import buttonClasses from '@/shared/ui/Button.module.css'
import classes from './Imports.module.css'

/** What the undo left as it is, and why. */
export function Undone({ one }: { one: Import }) {
  return (
    <section className={classes.card} aria-label={t('Taken back')}>
      <Empty title={t('This import was taken back')} action={<Link to="/imports" className={buttonClasses.button} data-tone="brand">{t('Import a file again')}</Link>}>
        {one.kept.length === 0 ? t('All of it is as it was before.') : t('What people have worked on since was kept:')}
      </Empty>
      {one.kept.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('Customer')}</th>
              <th scope="col">{t('Kept')}</th>
            </tr>
          </thead>
          <tbody>
            {one.kept.map((kept) => (
              <tr key={kept.id}>
                <td><Link to="/customers/$customerId/$section" params={{ customerId: kept.id, section: 'timeline' }} preload={false}>{kept.name}</Link></td>
                <td className={classes.reason}>{kept.fields.length > 0 ? kept.fields.join(', ').replaceAll('_', ' ') : t('the whole customer: changed since')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
