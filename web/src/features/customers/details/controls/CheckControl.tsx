import classes from './controls.module.css'

interface Props {
  id: string
  value: boolean
  readOnly?: boolean
  onSave: (value: boolean) => void
}

export function CheckControl({ id, value, readOnly, onSave }: Props) {
  return <input id={id} type="checkbox" className={classes.check} checked={value} disabled={readOnly} onChange={(e) => onSave(e.target.checked)} />
}
