/**
 * Every word a person reads goes through t(). English source text is the key, so the code reads like the screen;
 * a catalog of another language is loaded before the first render. Messages are a small part of ICU:
 * `{name}` and `{n, plural, one {# note} other {# notes}}`.
 */
export type Values = Record<string, string | number>
type Catalog = Record<string, string>

let catalog: Catalog = {}
let language = 'en'
let formats: string | undefined

export function loadCatalog(tag: string, messages: Catalog) {
  language = tag
  formats = undefined
  catalog = messages
  document.documentElement.lang = tag
  document.documentElement.dir = /^(ar|fa|he|ur)\b/.test(tag) ? 'rtl' : 'ltr'
}

/** The language of words and formats: the loaded catalog's; dates and numbers follow the browser within English. */
export function locale(): string {
  // Asked for each time on the page: what the browser answers is remembered.
  return (formats ??= ownFormats())
}

function ownFormats(): string {
  const own = typeof navigator === 'undefined' ? 'en-GB' : navigator.language
  return own.startsWith(language) ? own : language
}

if (typeof window !== 'undefined') addEventListener('languagechange', () => (formats = undefined))

const pluralRules = new Map<string, Intl.PluralRules>()

function pluralForm(n: number): string {
  let rules = pluralRules.get(language)
  if (!rules) pluralRules.set(language, (rules = new Intl.PluralRules(language)))
  return rules.select(n)
}

/** Where the brace that opens at `from` closes; -1 when it never does. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth += 1
    else if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

/** The form for a number, of `one {# note} other {# notes}`; a form may hold names and further plurals. */
function plural(forms: string, n: number): string {
  const found = new Map<string, string>()
  for (let at = 0, open = forms.indexOf('{'); open >= 0; open = forms.indexOf('{', at)) {
    const end = closing(forms, open)
    if (end < 0) break
    found.set(forms.slice(at, open).trim(), forms.slice(open + 1, end))
    at = end + 1
  }
  return found.get(`=${n}`) ?? found.get(pluralForm(n)) ?? found.get('other') ?? ''
}

/** `number` is what # stands for: the number of the plural form around. */
function fill(message: string, values: Values, number?: number): string {
  const plain = (piece: string) => (number === undefined ? piece : piece.replaceAll('#', number.toLocaleString(locale())))
  let text = ''
  let at = 0
  for (let open = message.indexOf('{'); open >= 0; open = message.indexOf('{', at)) {
    const end = closing(message, open)
    if (end < 0) break
    const inner = message.slice(open + 1, end)
    const [, name, forms] = /^(\w+)(?:, plural,(.+))?$/s.exec(inner) ?? []
    const value = name === undefined ? undefined : values[name]
    const said = value === undefined ? `{${inner}}` : forms === undefined ? String(value) : fill(plural(forms, Number(value)), values, Number(value))
    text += plain(message.slice(at, open)) + said
    at = end + 1
  }
  return text + plain(message.slice(at))
}

export function t(message: string, values?: Values): string {
  const text = catalog[message] ?? message
  return values ? fill(text, values) : text
}
