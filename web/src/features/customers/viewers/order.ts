import type { CustomerViewer } from '@/shared/api'
import { fold } from '@/shared/format'

const standing = (v: CustomerViewer) => (v.works ? 0 : v.sees ? 1 : 2)

/** Who works with the customer first, then who only looks, then who does not see them; as far as the name fits. */
export function viewersShown(viewers: CustomerViewer[], text: string): CustomerViewer[] {
  const wanted = fold(text.trim())
  return viewers.filter((v) => fold(v.name).includes(wanted)).sort((a, b) => standing(a) - standing(b) || a.name.localeCompare(b.name))
}
