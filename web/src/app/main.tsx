import './styles'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onSignedOut } from '@/shared/api'
import { sessionQuery } from '@/shared/session'
import { queryClient } from './queryClient'
import { watchForRenewal } from './renewal'
import { router } from './router'
import { colorScheme, theme } from './theme'

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
setNonce(nonce)
watchForRenewal()

const OUTSIDE = /\/(sign-in|setup|join|forgotten)$/

onSignedOut(() => {
  if (OUTSIDE.test(router.state.location.pathname)) return
  queryClient.removeQueries({ queryKey: sessionQuery.queryKey })
  void router.invalidate()
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} colorSchemeManager={colorScheme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
