/** The live stream: one tab listens for all, events are handed on in small batches. */
import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { applyLive } from '@/features/customers'
import { API_BASE, type LiveEvent } from '@/shared/api'

const BATCH_MS = 50
const finding = () => import('@/features/finding/live')
const CHANNEL = 'patron.live'

function batcher(client: QueryClient) {
  let waiting: LiveEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  return (event: LiveEvent) => {
    waiting.push(event)
    timer ??= setTimeout(() => {
      const batch = waiting
      waiting = []
      timer = undefined
      applyLive(client, batch)
      void finding().then((m) => m.applyFinding(client, batch))
    }, BATCH_MS)
  }
}

function listen(onEvent: (event: LiveEvent) => void): () => void {
  const source = new EventSource(`${API_BASE}/live`)
  source.addEventListener('message', (message: MessageEvent<string>) => onEvent(JSON.parse(message.data) as LiveEvent))
  return () => source.close()
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
