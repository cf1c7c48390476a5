import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import classes from './Button.module.css'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: 'plain' | 'brand' | 'danger' | 'quiet'
  icon?: ReactNode
  compact?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({ tone = 'plain', icon, compact, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`${classes.button} ${className ?? ''}`} data-tone={tone} data-compact={compact || undefined} {...rest}>
      {icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string
  bordered?: boolean
  small?: boolean
  /** Where the label shows as a tip; false for nowhere. */
  tip?: 'top' | 'bottom' | 'right' | false
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ label, bordered, small, tip = 'bottom', className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={tip ? label : undefined}
      data-tip-side={tip || undefined}
      className={`${classes.icon} ${className ?? ''}`}
      data-bordered={bordered || undefined}
      data-small={small || undefined}
      {...rest}
    >
      {children}
    </button>
  )
}
