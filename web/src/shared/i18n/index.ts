/**
 * Every word a person reads goes through t(). English source text is the key, so the code reads like the screen;
 * a catalog of another language is loaded before the first render. Messages are a small part of ICU:
 * `{name}` and `{n, plural, one {# note} other {# notes}}`.
 */
export type Values = Record<string, string | number>
type Catalog = Record<string, string>

let catalog: Catalog = {}
let language = 'en'

export function loadCatalog(tag: string, messages: Catalog) {
  language = tag
  catalog = messages
  document.documentElement.lang = tag
  document.documentElement.dir = /^(ar|fa|he|ur)\b/.test(tag) ? 'rtl' : 'ltr'
}

/** The language of words and formats: the loaded catalog's; dates and numbers follow the browser within English. */
export function locale(): string {
  const own = typeof navigator === 'undefined' ? 'en-GB' : navigator.language
  return own.startsWith(language) ? own : language
}

const pluralRules = new Map<string, Intl.PluralRules>()

function pluralForm(n: number): string {
  let rules = pluralRules.get(language)
  if (!rules) pluralRules.set(language, (rules = new Intl.PluralRules(language)))
  return rules.select(n)
}

const PLURAL = /\{(\w+), plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+)\s*\}/g
const CASE = /(=\d+|\w+) \{([^{}]*)\}/g

function plural(message: string, values: Values): string {
  return message.replace(PLURAL, (_, name: string, cases: string) => {
    const n = Number(values[name])
    const forms = new Map([...cases.matchAll(CASE)].map((m) => [m[1], m[2] ?? '']))
    const form = forms.get(`=${n}`) ?? forms.get(pluralForm(n)) ?? forms.get('other') ?? ''
    return form.replaceAll('#', n.toLocaleString(locale()))
  })
}

export function t(message: string, values?: Values): string {
  const text = catalog[message] ?? message
  if (!values) return text
  return plural(text, values).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
