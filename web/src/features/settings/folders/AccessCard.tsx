import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Folder, FolderAccess, FolderLevel } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, IconButton, SelectBox } from '@/shared/ui'
import { mapById, useFolders } from '@/shared/vocabulary'
import { useChange } from '../api/records'
import { Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'
import { inheritedRules } from './access'
import own from './Access.module.css'
import { AddRule } from './AddRule'
import { LEVELS, levelOf } from './levels'
import { useMayManage } from './useMayManage'
import { useWhom } from './useWhom'

/** Who may do what in a folder: its own rules, and greyed those that come from the folders above. */
export function AccessCard({ folder }: { folder: Folder }) {
  const byId = mapById(useFolders())
  const mayEdit = useMayManage()(folder, 'folders.edit')
  const { all, find } = useWhom()
  const change = useChange('/folders')
  const [adding, setAdding] = useState(false)
  const inherited = inheritedRules(folder, byId)
  const save = (access: FolderAccess[], done?: () => void) => change.mutate({ record: folder, change: { access } }, { onSuccess: done })
  const put = (to: string, level: FolderLevel, done?: () => void) => save([...folder.access.filter((r) => r.to !== to), { to, level }], done)
  const none = folder.access.length === 0 && inherited.length === 0
  return (
    <section className={classes.card} aria-label={t('Who may do what in {name}', { name: folder.name })}>
      <div className={classes.pad}>
        <h3 className={classes.title}>
          <span>{t('Who may do what here')}</span>
          {mayEdit && <span><Button compact icon={<IconPlus size={15} stroke={2} aria-hidden />} onClick={() => { change.reset(); setAdding(true) }}>{t('Add a rule')}</Button></span>}
        </h3>
        <p className={classes.sub}>
          {none
            ? t('No rules: everybody sees and works here as their role says. Add one to close, show or open this folder to a role, a team or a person.')
            : t('For everybody else their role decides. A rule for a person comes before one for a team, and that before one for a role. Owners always see everything.')}
        </p>
      </div>
      {!none && (
        <ul className={classes.list}>
          {folder.access.map((rule) => {
            const whom = find(rule.to)
            return (
              <li key={rule.to} className={`${classes.row} ${own.rule}`}>
                <span className={own.icon}>{whom.icon}</span>
                <div className={classes.main}>
                  <b dir="auto">{whom.name}</b>
                  <small>{whom.note}</small>
                </div>
                {mayEdit ? (
                  <div className={own.level}>
                    <SelectBox label={t('What {name} may do here', { name: whom.name })} hideLabel title={levelOf(rule.level).help} value={rule.level} onChange={(e) => save(folder.access.map((r) => (r.to === rule.to ? { ...r, level: e.target.value as FolderLevel } : r)))}>
                      {LEVELS.map((l) => <option key={l.value} value={l.value}>{l.label}</option>)}
                    </SelectBox>
                  </div>
                ) : (
                  <span className={classes.badge}>{levelOf(rule.level).label}</span>
                )}
                {mayEdit && (
                  <IconButton small tip="top" label={t('Remove the rule for {name}', { name: whom.name })} onClick={() => save(folder.access.filter((r) => r.to !== rule.to))}>
                    <IconTrash size={16} stroke={1.7} aria-hidden />
                  </IconButton>
                )}
                <p className={own.means}>{levelOf(rule.level).help}</p>
              </li>
            )
          })}
          {inherited.map((rule) => {
            const whom = find(rule.to)
            return (
              <li key={rule.to} className={`${classes.row} ${own.rule}`} data-off>
                <span className={own.icon}>{whom.icon}</span>
                <div className={classes.main}>
                  <b dir="auto">{whom.name}</b>
                  <small>{t('From the folder {name}', { name: rule.from.name })}</small>
                </div>
                <span className={classes.badge}>{levelOf(rule.level).label}</span>
                {mayEdit && <Button compact tone="quiet" aria-label={t('Change it here for {name}', { name: whom.name })} onClick={() => put(rule.to, rule.level)}>{t('Change here')}</Button>}
              </li>
            )
          })}
        </ul>
      )}
      {!adding && <Refused error={change.error} />}
      {adding && (
        <AddRule
          folder={folder}
          offered={all.filter((one) => !folder.access.some((r) => r.to === one.id))}
          error={change.error}
          isPending={change.isPending}
          onAdd={(to, level) => put(to, level, () => setAdding(false))}
          onClose={() => { change.reset(); setAdding(false) }}
        />
      )}
    </section>
  )
}
