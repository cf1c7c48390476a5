import { fileUrl } from '../api'
import { hueOf, initials } from '../format'
import classes from './Avatar.module.css'

interface Props {
  name: string
  size?: number
  /** Companies are drawn with corners. */
  square?: boolean
  photoId?: string | null
}

export function Avatar({ name, size = 40, square = false, photoId }: Props) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.36) }
  if (photoId) return <img className={classes.avatar} data-square={square || undefined} src={fileUrl(photoId)} alt="" style={style} />
  return (
    <span className={classes.avatar} data-square={square || undefined} data-hue={hueOf(name)} data-initials={initials(name)} style={style} aria-hidden />
  )
}
