import classes from './Skeleton.module.css'

/** Grey lines in place of text to come; they appear only after 150 ms. */
export function Skeleton({ lines = 3, avatar = false }: { lines?: number; avatar?: boolean }) {
  return (
    <div className={classes.skeleton} aria-hidden>
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className={classes.line}>
          {avatar && <span className={classes.circle} />}
          <span className={classes.bars}>
            <i />
            <i />
          </span>
        </div>
      ))}
    </div>
  )
}
