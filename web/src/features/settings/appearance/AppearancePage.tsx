import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { density, setDensity, type Density } from '@/shared/density'
import { t } from '@/shared/i18n'
import { useState } from 'react'
import { Page } from '../shared/Page'
import { Segments } from '../shared/Segments'
import classes from '../shared/settings.module.css'

const size = { size: 16, stroke: 1.8, 'aria-hidden': true } as const

export function AppearancePage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [chosen, setChosen] = useState(density)
  const choose = (next: Density) => {
    setDensity(next)
    setChosen(next)
  }
  return (
    <Page title={t('Appearance')} lead={t('Kept in this browser, only for you.')}>
      <section className={`${classes.card} ${classes.pad}`} aria-label={t('Appearance')}>
        <Segments
          label={t('Theme')}
          value={colorScheme}
          options={[
            { value: 'light', label: t('Light'), icon: <IconSun {...size} /> },
            { value: 'dark', label: t('Dark'), icon: <IconMoon {...size} /> },
            { value: 'auto', label: t('As this device'), icon: <IconDeviceDesktop {...size} /> },
          ]}
          onChange={setColorScheme}
        />
        <Segments
          label={t('Lists')}
          value={chosen}
          options={[{ value: 'comfortable', label: t('Comfortable') }, { value: 'dense', label: t('Dense') }]}
          onChange={choose}
        />
      </section>
    </Page>
  )
}
