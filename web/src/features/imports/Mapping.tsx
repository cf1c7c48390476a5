import { useQuery } from '@tanstack/react-query'
import { IconCheck, IconHelp } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Import, ImportTarget } from '@/shared/api'
import { t } from '@/shared/i18n'
import fieldClasses from '@/shared/ui/Fields.module.css'
import classes from './Imports.module.css'
import { importTargets, useChangeImport } from './api/imports'
import { doubled, sureness } from './steps'

const SURE = {
  sure: { tone: 'ok', label: t('Recognised') },
  likely: { tone: 'info', label: t('Probably right') },
  guess: { tone: 'warn', label: t('A guess, please look') },
} as const

const none: ImportTarget[] = []
const NAMES: Record<string, string> = { ',': t('commas'), ';': t('semicolons'), '\t': t('tabs'), '|': t('bars') }

/** Each column of the file, what stands in it, and where it goes. */
export function Mapping({ one }: { one: Import }) {
  const targets = useQuery(importTargets(one.kind)).data ?? none
  const groups = useMemo(() => Map.groupBy(targets, (x) => x.group), [targets])
  const change = useChangeImport(one.id)
  const twice = doubled(one.mapping).map((field) => targets.find((x) => x.field === field)?.label ?? field)
  return (
    <section className={classes.card} aria-label={t('Columns')}>
      <div className={classes.pad}>
        <h2>{t('Where does each column go?')}</h2>
        <p className={classes.sub}>
          {t('{n, plural, one {# column} other {# columns}}, read as {encoding}, separated by {delimiter}.', {
            n: one.columns.length, encoding: one.format.encoding, delimiter: NAMES[one.format.delimiter] ?? one.format.delimiter,
          })}
        </p>
        {twice.length > 0 && <p className={classes.warn}>{t('Several columns go to: {fields}. Only one of them can be kept.', { fields: twice.join(', ') })}</p>}
        {change.error && <p className={classes.error} role="alert">{change.error.message}</p>}
      </div>
      <table className={`${classes.table} ${classes.mapping}`}>
        <thead>
          <tr>
            <th scope="col">{t('Column')}</th>
            <th scope="col">{t('For example')}</th>
            <th scope="col">{t('Goes to')}</th>
          </tr>
        </thead>
        <tbody>
          {one.columns.map((column) => {
            const target = one.mapping[column.name] ?? '-'
            const sure = SURE[sureness(column.confidence)]
            return (
              <tr key={column.index} data-out={target === '-' || undefined}>
                <td><div className={classes.column} title={column.name}>{column.name}</div></td>
                <td><div className={classes.samples}>{column.samples.filter(Boolean).slice(0, 3).join(' · ') || t('empty')}</div></td>
                <td>
                  <div className={classes.target}>
                    <select className={fieldClasses.box} aria-label={t('Where {column} goes', { column: column.name })} value={target} onChange={(e) => change.mutate({ mapping: { [column.name]: e.target.value } })}>
                      <option value="-">{t('Leave out')}</option>
                      {target !== '-' && !targets.some((x) => x.field === target) && <option value={target}>{target}</option>}
                      {[...groups].map(([group, fields]) => (
                        <optgroup key={group} label={group}>
                          {fields.map((x) => <option key={x.field} value={x.field}>{x.label}</option>)}
                        </optgroup>
                      ))}
                    </select>
                    {target !== '-' && target === column.suggested && (
                      <span className={classes.sure} data-tone={sure.tone}>
                        {sure.tone === 'warn' ? <IconHelp size={13} aria-hidden /> : <IconCheck size={13} stroke={2.2} aria-hidden />}
                        {sure.label}
                      </span>
                    )}
                  </div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
