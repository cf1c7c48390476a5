/** Long lists to choose from, in the words of the browser's language: countries, currencies, time zones, languages. */
import { languageName, zoneName } from '../format'
import { locale } from '../i18n'
export { countryOptions } from '../format/countries'

export interface Choice {
  value: string
  label: string
}

const LANGUAGES = 'en en-GB en-US en-AU en-CA en-IE en-IN en-NZ de de-AT de-CH fr fr-BE fr-CA fr-CH es es-AR es-CO es-MX pt pt-BR pt-PT it nl nl-BE da nb sv fi is pl cs sk hu ro bg el hr sl sr uk tr et lv lt ru ar he fa ja ko zh zh-TW hi th vi id ms'.split(' ')

const byLabel = (a: Choice, b: Choice) => a.label.localeCompare(b.label)

/** What is chosen now stands in the list even when the list does not know it. */
function including(choices: Choice[], value: string, label: (value: string) => string): Choice[] {
  return !value || choices.some((c) => c.value === value) ? choices : [{ value, label: label(value) }, ...choices]
}

export function languageOptions(current = ''): Choice[] {
  return including(LANGUAGES.map((value) => ({ value, label: languageName(value) })).sort(byLabel), current, languageName)
}

export function currencyOptions(current = ''): Choice[] {
  const names = new Intl.DisplayNames([locale()], { type: 'currency' })
  const label = (value: string) => `${names.of(value) ?? value} (${value})`
  return including(Intl.supportedValuesOf('currency').map((value) => ({ value, label: label(value) })).sort(byLabel), current, label)
}

export function timeZoneOptions(current = ''): Choice[] {
  return including(['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value, label: zoneName(value) })), current, zoneName)
}
