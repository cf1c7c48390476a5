import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { t } from '@/shared/i18n'
import { whereLeft } from '@/shared/provider'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { SecondStep } from './SecondStep'
import { secondFactorAsked } from './api/entering'
import { useProviderAnswer, type ProviderAnswer } from './api/openid'
import { wholeFormError } from './problems'

/** What the provider put into the address; nothing when somebody only opened the page. */
function answerIn(search: string): ProviderAnswer | undefined {
  const said = new URLSearchParams(search)
  const state = said.get('state')
  if (!state) return undefined
  const [code, iss, error] = ['code', 'iss', 'error'].map((name) => said.get(name) ?? undefined)
  return { state, ...(code ? { code } : {}), ...(iss ? { iss } : {}), ...(error ? { error } : {}) }
}

/** Where the provider sends the browser back to: what it says goes to the server at once, and out of the address. */
export function ProviderReturn() {
  const { basepath } = useRouter()
  const [left] = useState(whereLeft)
  const [answer] = useState(() => answerIn(location.search))
  const elsewhere = answer && left && left.basepath !== basepath
  const enter = useProviderAnswer(left?.next)
  const sent = useRef(false)
  useEffect(() => {
    if (sent.current || !answer) return
    sent.current = true
    // The business one left from has a workspace of its own: what came goes there, whole.
    if (elsewhere) return location.replace(`${left.basepath.replace(/\/$/, '')}/sign-in/openid${location.search}`)
    history.replaceState(history.state, '', location.pathname)
    enter.mutate(answer)
  }, [answer, elsewhere, left, enter])
  const asked = secondFactorAsked(enter.error)
  if (asked) return <SecondStep asked={asked} next={left?.next} />
  const error = answer ? wholeFormError(enter.error, []) : t('There is nothing to do here. Begin on the page to sign in.')
  if (!error) return <Card title={t('Signing in…')} lead={<span role="status">{t('One moment…')}</span>}>{null}</Card>
  return (
    <Card title={t('You are not signed in')}>
      <FormError>{error}</FormError>
      <p className={classes.after}>
        <Link to="/sign-in" className={classes.link}>{t('Back to the sign-in')}</Link>
      </p>
    </Card>
  )
}
