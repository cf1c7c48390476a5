import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { Empty } from '@/shared/ui'
import buttonClasses from '@/shared/ui/Button.module.css'

/** An address that means nothing; `page`: nothing else is in sight. */
export function NotFound({ page = false }: { page?: boolean }) {
  return (
    <Empty icon={<IconMapOff size={22} aria-hidden />} page={page} title={t('There is nothing at this address')} action={<Link to="/" className={buttonClasses.button}>{t('Go to your customers')}</Link>}>
      {t('The link may be old, or a letter is missing.')}
    </Empty>
  )
}
