/** A page that was open when the server was upgraded asks for files that are gone: it is loaded anew, if nothing is lost by it. */
import { store } from '@/shared/store'

/** True once a part of the page could not be had and the page has not been loaded anew for it. */
export const renewed = store(false)

const KEY = 'patron.renewed'
/** Not twice in this time: what is missing then is missing on the server, and no reload brings it. */
const ONCE_IN_MS = 60_000

/** What was typed into since the page came, as long as it stands there and is not empty. */
const typed = new Set<WeakRef<Element>>()

function onInput({ target }: Event) {
  if (target instanceof Element && ![...typed].some((ref) => ref.deref() === target)) typed.add(new WeakRef(target))
}

/** A form that is open counts too: what it holds may have been chosen rather than typed. */
function somethingAtStake(): boolean {
  const begun = (el: Element | undefined) => el?.isConnected && 'value' in el && el.value !== ''
  return [...typed].some((ref) => begun(ref.deref())) || document.querySelector('[role="dialog"] form, [role="dialog"] :is(input, textarea)') !== null
}

function reloadedJustNow(now: number): boolean {
  try {
    const before = Number(sessionStorage.getItem(KEY))
    sessionStorage.setItem(KEY, String(now))
    return now - before < ONCE_IN_MS
  } catch {
    return true
  }
}

/** A page that leaves while the server starts again does not come back by itself. */
async function serverAnswers(): Promise<boolean> {
  return fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then((r) => r.ok, () => false)
}

async function renew() {
  if (!navigator.onLine || renewed.get()) return
  if (somethingAtStake() || !(await serverAnswers()) || somethingAtStake() || reloadedJustNow(Date.now())) renewed.set(true)
  else location.reload()
}

export function watchForRenewal() {
  document.addEventListener('input', onInput, { capture: true, passive: true })
  addEventListener('vite:preloadError', (event) => {
    // `part` waits for good then, where an error would take the page away.
    event.preventDefault()
    void renew()
  })
}
