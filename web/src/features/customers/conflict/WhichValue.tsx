import { t } from '@/shared/i18n'
import type { Asked } from '@/shared/store'
import { Button, Dialog } from '@/shared/ui'
import { useFields } from '@/shared/vocabulary'
import { useFieldWords } from '../details/useFieldWords'
import type { Choice, Clashing } from './question'
import classes from './WhichValue.module.css'

/** Two people changed one field: both values, and the person chooses. Closing keeps what is there. */
export function WhichValue({ question }: { question: Asked<Clashing, Choice> }) {
  const { label, text } = useFieldWords(useFields())
  const { customer, clashes, answer } = question
  return (
    <Dialog title={t('Someone changed this while you were writing')} opened onClose={() => answer('theirs')} size={560}>
      <p className={classes.lead}>{t('{name} has been changed by a colleague. Which value shall stay?', { name: customer.display_name })}</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('Field')}</th>
            <th scope="col">{t('Your value')}</th>
            <th scope="col">{t('Theirs, saved now')}</th>
          </tr>
        </thead>
        <tbody>
          {clashes.map((c) => (
            <tr key={c.field}>
              <th scope="row">{label(c.field)}</th>
              <td>{text(c.field, c.mine) || t('(empty)')}</td>
              <td>{text(c.field, c.theirs) || t('(empty)')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.foot}>
        <Button onClick={() => answer('theirs')}>{t('Keep theirs')}</Button>
        <Button tone="brand" onClick={() => answer('mine')}>{t('Use mine')}</Button>
      </div>
    </Dialog>
  )
}
