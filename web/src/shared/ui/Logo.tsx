import classes from './Logo.module.css'

export function Logo() {
  return (
    <span className={classes.logo} aria-hidden>
      <i />
      <i />
      <i />
    </span>
  )
}
