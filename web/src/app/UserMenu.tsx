import { useMantineColorScheme } from '@mantine/core'
import { IconCircleCheck, IconLogout, IconMoonStars } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api, ask, ifMatch, type Availability, type Session } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { sessionQuery, useSession } from '@/shared/session'
import { Avatar, MenuButton, StatusDot } from '@/shared/ui'
import classes from './Shell.module.css'

const AVAILABILITIES: { value: Availability; label: string; tone: 'ok' | 'bad' | 'mute' }[] = [
  { value: 'available', label: t('Available'), tone: 'ok' },
  { value: 'busy', label: t('Busy'), tone: 'bad' },
  { value: 'away', label: t('Away'), tone: 'mute' },
]

export function UserMenu() {
  const session = useSession()
  const client = useQueryClient()
  const router = useRouter()
  const { setColorScheme } = useMantineColorScheme()
  const setAvailability = useMutation({
    mutationFn: (availability: Availability) =>
      ask(api.PATCH('/users/{id}', { params: { path: { id: session!.user.id } }, body: { availability }, headers: ifMatch(session!.user.version) })),
    onSuccess: (user) => client.setQueryData<Session>(sessionQuery.queryKey, (s) => s && { ...s, user }),
  })
  const signOut = useMutation({
    mutationFn: () => ask(api.DELETE('/session')),
    onSuccess: async () => {
      client.removeQueries({ queryKey: sessionQuery.queryKey })
      await router.navigate({ to: '/sign-in' })
      client.clear()
    },
  })
  const group = t('Account')
  useCommands([
    ...AVAILABILITIES.map((a) => ({ id: `availability.${a.value}`, title: t('Show me as: {state}', { state: a.label }), group, place: -2, run: () => setAvailability.mutate(a.value) })),
    { id: 'sign-out', title: t('Sign out'), group, keys: 'g q', place: -2, run: () => signOut.mutate() },
  ])
  if (!session) return null
  return (
    <MenuButton
      position="right-end"
      width={220}
      button={
        <button type="button" className={classes.me} aria-label={t('{name}: account menu', { name: session.user.name })}>
          <Avatar name={session.user.name} size={30} />
        </button>
      }
    >
      {(Menu) => (
        <>
          <Menu.Label>{session.user.name} · {session.business.name}</Menu.Label>
          {AVAILABILITIES.map((a) => (
            <Menu.Item
              key={a.value}
              leftSection={<StatusDot tone={a.tone} />}
              rightSection={session.user.availability === a.value ? <IconCircleCheck size={16} aria-hidden /> : undefined}
              onClick={() => setAvailability.mutate(a.value)}
            >
              {a.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconMoonStars size={16} aria-hidden />} onClick={() => setColorScheme('auto')}>
            {t('Theme of this device')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
            {t('Sign out')}
          </Menu.Item>
        </>
      )}
    </MenuButton>
  )
}
