/** Where to go after signing in: a path of this workspace, never another site's address. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith('/') || /^\/[/\\]/.test(next) || /[\n\r\t]/.test(next)) return '/'
  return /^\/(sign-in|setup|join)\b/.test(next) ? '/' : next
}

/** The one-time token of a link: it stands behind the #, so that no server and no log ever sees it. */
export function tokenOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? ''
}
