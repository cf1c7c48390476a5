/** Owners may look at the workspace as a colleague sees it: in this tab, until they stop or close it. */
export interface Viewed {
  id: string
  name: string
}

const KEY = 'patron.view-as'

export function viewedAs(): Viewed | undefined {
  if (typeof sessionStorage === 'undefined') return undefined
  const text = sessionStorage.getItem(KEY)
  return text ? (JSON.parse(text) as Viewed) : undefined
}

/** Everything is read anew: nothing that one of them may see is left for the other. */
export function viewAs(whom: Viewed) {
  sessionStorage.setItem(KEY, JSON.stringify(whom))
  location.assign('/customers')
}

export function stopViewing() {
  sessionStorage.removeItem(KEY)
  location.assign('/settings/staff')
}
