import type { BulkPreview } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import type { ActionKind } from './actions'
import classes from './Bulk.module.css'

const SKIPPED: Partial<Record<ActionKind, string>> = { add_tags: t('have them already'), remove_tags: t('do not have them'), move_to: t('are there already'), restore: t('are not in the bin'), delete: t('are in the bin already') }
const EXAMPLES = 5

/** What would happen, before it does. */
export function Preview({ preview, kind }: { preview: BulkPreview; kind: ActionKind }) {
  const { looked_at, matching, changed, skipped, failed, examples, problems, move } = preview
  // An export changes nobody, so nobody is looked at beforehand.
  const exported = kind === 'export'
  const parts = [
    { key: 'changed', n: exported ? matching : changed, tone: 'ok', words: exported ? t('in the file') : t('would change') },
    { key: 'skipped', n: skipped, tone: 'mute', words: SKIPPED[kind] ?? t('are so already') },
    { key: 'failed', n: failed, tone: 'bad', words: t('cannot') },
  ].filter((p) => p.n > 0)
  const told = examples.filter((e) => e.changes.length > 0).slice(0, EXAMPLES)
  return (
    <section className={classes.preview} aria-label={t('What would happen')} aria-live="polite">
      <div className={classes.shares} aria-hidden>
        {parts.map((p) => <i key={p.key} data-tone={p.tone} style={{ flexGrow: p.n }} />)}
      </div>
      <ul className={classes.counts}>
        {parts.map((p) => <li key={p.key} data-tone={p.tone}><b className="num">{count(p.n)}</b> {p.words}</li>)}
      </ul>
      {!exported && looked_at < matching && <p className={classes.note}>{t('Told of the first {n} of {all}.', { n: count(looked_at), all: count(matching) })}</p>}
      {problems.map((p) => <p key={p.code} className={classes.problem}>{t('{n, plural, one {# customer:} other {# customers:}}', { n: p.customers })} {p.message}</p>)}
      {move && <Moved move={move} />}
      {told.length > 0 && (
        <ul className={classes.examples} aria-label={t('For example')}>
          {told.map((e) => (
            <li key={e.id}>
              <b>{e.display_name}</b>
              <span>
                {e.changes.map((c) => (
                  <span key={c.field}>{c.label}: {c.from_text && <s>{c.from_text}</s>} → {c.to_text || t('empty')} </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface Landing {
  to: string
  customers: number
  /** Whose status does not exist there, by the status they have now. */
  lost: { from: string; customers: number }[]
}

/** Which statuses they end up with, the most frequent first. */
export function landings(statuses: NonNullable<BulkPreview['move']>['statuses']): Landing[] {
  // Who has none and gets none is not told of.
  const byStatus = Map.groupBy(statuses.filter((s) => s.to_id !== s.from_id || s.to_id !== null), (s) => s.to_id)
  return [...byStatus.values()]
    .map((list): Landing => ({
      to: list[0]!.to_name,
      customers: list.reduce((n, s) => n + s.customers, 0),
      lost: list.filter((s) => s.lost).map((s) => ({ from: s.from_name || t('none'), customers: s.customers })).toSorted((a, b) => b.customers - a.customers),
    }))
    .toSorted((a, b) => b.customers - a.customers)
}

/** What a move changes beside the place: the status, the fields. */
function Moved({ move }: { move: NonNullable<BulkPreview['move']> }) {
  const sights = (staff: { name: string; customers: number }[]) => staff.map((one) => `${one.name} (${count(one.customers)})`).join(', ')
  return (
    <>
      {move.statuses.length > 0 && (
        <ul className={classes.moves} aria-label={t('What becomes of the statuses')}>
          {landings(move.statuses).map((l) => (
            <li key={l.to}>
              <p><b className="num">{count(l.customers)}</b> {l.to ? t('will have the status {status}', { status: l.to }) : t('will have no status')}</p>
              {l.lost.length > 0 && <small>{t('There is no such status there: {list}', { list: l.lost.map((x) => `${x.from} (${count(x.customers)})`).join(', ') })}</small>}
            </li>
          ))}
        </ul>
      )}
      {move.missing.length > 0 && <p className={classes.warn}>{t('Required there and still empty: {fields}', { fields: move.missing.map((f) => `${f.label} (${count(f.customers)})`).join(', ') })}</p>}
      {move.losing.length > 0 && <p className={classes.warn}>{t('Will not see them any more: {names}', { names: sights(move.losing) })}</p>}
      {move.gaining.length > 0 && <p className={classes.note}>{t('Will see them too: {names}', { names: sights(move.gaining) })}</p>}
      {move.hidden.length > 0 && <p className={classes.note}>{t('Kept, but not shown there: {fields}', { fields: move.hidden.map((f) => `${f.label} (${count(f.customers)})`).join(', ') })}</p>}
    </>
  )
}
