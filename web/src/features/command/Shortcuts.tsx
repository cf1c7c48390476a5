import { useCommandList } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { Dialog, Keys } from '@/shared/ui'
import classes from './Shortcuts.module.css'

/** Every key that does something here and now. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const groups = Map.groupBy(useCommandList().filter((c) => c.keys), (c) => c.group)
  return (
    <Dialog title={t('Keyboard shortcuts')} opened onClose={onClose} size={720}>
      <div className={classes.groups}>
        {[...groups].map(([group, commands]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands.map((c) => (
                <div key={c.id}>
                  <dt>{c.title}</dt>
                  <dd><Keys keys={c.keys!} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
