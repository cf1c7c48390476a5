/** The live stream: one tab listens for all, events are handed on in small batches. */
import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { applyLive } from '@/features/customers'
import { API_BASE, type LiveEvent } from '@/shared/api'
import { foldersQuery } from '@/shared/vocabulary'

const BATCH_MS = 50
const finding = () => import('@/features/finding/live')
const CHANNEL = 'patron.live'
const AGAIN_MS = 10_000
/** What may change what one may do, or see; the last two are said here. */
const ABOUT_RIGHTS = /^(role|team|folder|user)\.|^live\.re(opened|fused)$/

/** Whoever may do or see something else now is shown everything anew. */
async function applyRights(client: QueryClient, events: LiveEvent[]) {
  const folders = client.getQueryData(foldersQuery.queryKey)
  const { sightChanged } = await import('./rights')
  if (await sightChanged(client, events, folders)) applyLive(client, [{ kind: 'live.reset' }])
}

function batcher(client: QueryClient) {
  let waiting: LiveEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  return (event: LiveEvent) => {
    waiting.push(event)
    timer ??= setTimeout(() => {
      const batch = waiting
      waiting = []
      timer = undefined
      // Who is nobody any more has been sent to the sign-in by then; what could not be read is read with the next change.
      if (batch.some((e) => ABOUT_RIGHTS.test(e.kind))) applyRights(client, batch).catch(() => {})
      applyLive(client, batch)
      void finding().then((m) => m.applyFinding(client, batch))
    }, BATCH_MS)
  }
}

function listen(onEvent: (event: LiveEvent) => void): () => void {
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  let said: LiveEvent | undefined
  const open = () => {
    source = new EventSource(`${API_BASE}/live`)
    source.addEventListener('message', (message: MessageEvent<string>) => onEvent(JSON.parse(message.data) as LiveEvent))
    source.addEventListener('open', () => {
      if (said) onEvent(said)
      said = { kind: 'live.reopened' }
    })
    // The server ends the stream of whoever may do something else now. The browser comes back by itself, but takes a
    // refusal for the last word.
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      onEvent({ kind: 'live.refused' })
      said = { kind: 'live.reset' }
      again = setTimeout(open, AGAIN_MS)
    })
  }
  open()
  return () => {
    clearTimeout(again)
    source.close()
  }
}

/** Resolves when this tab is to listen for all; never, while another one does. Browsers without locks listen each for itself. */
function leadership(signal: AbortSignal, lead: () => () => void) {
  if (!navigator.locks) {
    const stop = lead()
    signal.addEventListener('abort', stop)
    return
  }
  void navigator.locks
    .request(CHANNEL, { signal }, () => {
      const stop = lead()
      return new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          stop()
          resolve()
        })
      })
    })
    .catch(() => {})
}

export function useLiveUpdates() {
  const client = useQueryClient()
  useEffect(() => {
    const receive = batcher(client)
    const channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', (message: MessageEvent<LiveEvent>) => receive(message.data))
    const ending = new AbortController()
    leadership(ending.signal, () =>
      listen((event) => {
        receive(event)
        channel.postMessage(event)
      }),
    )
    return () => {
      ending.abort()
      channel.close()
    }
  }, [client])
}
