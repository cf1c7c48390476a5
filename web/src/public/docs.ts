/** The API's reference page: reads /api/openapi.json and shows it. No framework, no state but the search box and the address. */
import '@fontsource-variable/inter/wght.css'
import '../app/tokens.css'
import './docs.css'
import { groups, inner, limits, matches, members, resolve, typeWords, type Document, type Operation, type Schema, type Shown } from './openapi'

type Child = Node | string | undefined | false

function h(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((c): c is Node | string => c !== undefined && c !== false && c !== ''))
  return element
}

const words = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ').replaceAll('-', ' ')

function remarks(schema: Schema): string {
  return [schema.description, schema.readOnly && 'read only', limits(schema), schema.default !== undefined && `${JSON.stringify(schema.default)} if left out`].filter(Boolean).join('; ')
}

function choices(schema: Schema): Child {
  const values = schema.enum ?? schema.items?.enum
  return values && h('p', { class: 'choices' }, ...values.flatMap((v) => [h('code', {}, String(v)), ' ']))
}

/** One value: its name, type and remarks; what is inside of it unfolds, and is made only then. */
function value(name: string, schema: Schema, required: boolean, api: Document): HTMLElement {
  const whole = resolve(schema, api)
  const head: Child[] = [h('code', { class: 'name' }, name), h('span', { class: 'type' }, typeWords(schema)), required && h('span', { class: 'must' }, 'required')]
  const about = remarks({ ...whole, ...schema })
  const said: Child[] = [about && h('p', {}, about), choices(whole)]
  const below = inner(schema, api)
  if (!below) return h('li', {}, h('div', { class: 'head' }, ...head), ...said)
  const details = h('details', {}, h('summary', { class: 'head' }, ...head)) as HTMLDetailsElement
  details.addEventListener('toggle', () => {
    if (details.open && !details.querySelector('ul')) details.append(list(below, api))
  })
  return h('li', {}, details, ...said)
}

function list(schema: Schema, api: Document): HTMLElement {
  const own = members(schema, api)
  const options = schema.anyOf ?? schema.oneOf ?? []
  if (own.length === 0 && options.length > 0) return h('ul', { class: 'values' }, ...options.map((o, i) => value(`either ${i + 1}`, o, false, api)))
  return h('ul', { class: 'values' }, ...own.map((m) => value(m.name, m.schema, m.required, api)))
}

function body(title: string, content: Record<string, { schema?: Schema }> | undefined, api: Document): Child {
  const [type, media] = Object.entries(content ?? {})[0] ?? []
  if (!media?.schema) return undefined
  const schema = media.schema
  const below = inner(schema, api)
  const line = h('p', { class: 'media' }, typeWords(schema), h('span', {}, type === 'application/json' ? 'JSON' : (type ?? '')))
  return h('section', {}, h('h4', {}, title), line, below && list(below, api))
}

function parameters(operation: Operation, api: Document): Child {
  const all = operation.parameters ?? []
  if (all.length === 0) return undefined
  const kinds = { path: 'In the path', query: 'Parameters', header: 'Headers' }
  return h(
    'section',
    {},
    ...Object.entries(kinds).flatMap(([kind, title]) => {
      const own = all.filter((p) => p.in === kind)
      if (own.length === 0) return []
      return [h('h4', {}, title), h('ul', { class: 'values' }, ...own.map((p) => value(p.name, { ...p.schema, ...(p.description ? { description: p.description } : {}) }, p.required ?? false, api)))]
    }),
  )
}

function permission(operation: Operation): string {
  if (operation.security?.length === 0) return 'no sign-in needed'
  const needed = operation['x-permission']
  return !needed || needed === 'signed_in' ? 'signed in' : `needs ${needed}`
}

function route({ id, method, path, operation }: Shown, api: Document): HTMLElement {
  const answers = Object.entries(operation.responses ?? {}).filter(([status]) => status !== 'default')
  return h(
    'article',
    { id, 'data-method': method },
    h('h3', {}, h('a', { href: `#${id}`, class: 'line' }, h('b', {}, method.toUpperCase()), h('code', {}, path))),
    h('p', { class: 'summary' }, operation.summary ?? '', h('span', {}, permission(operation))),
    operation.description && h('p', {}, operation.description),
    parameters(operation, api),
    body('Body', operation.requestBody?.content, api),
    ...answers.map(([status, answer]) => body(`Answer ${status}`, answer.content, api) || h('section', {}, h('h4', {}, `Answer ${status}`), h('p', { class: 'media' }, answer.description ?? ''))),
  )
}

function show(api: Document) {
  const all = [...groups(api)]
  const contents = document.getElementById('contents')!
  const main = document.getElementById('routes')!
  const none = h('p', { class: 'none', role: 'status' }, 'Nothing in the API fits.')
  none.hidden = true
  const entries: { shown: Shown; link: HTMLElement; article: HTMLElement; group: { link: HTMLElement; section: HTMLElement } }[] = []
  for (const [tag, routes] of all) {
    const section = h('section', { class: 'tag', 'aria-label': words(tag) }, h('h2', { id: `tag-${tag}` }, words(tag)))
    const group = h('section', {}, h('a', { class: 'tagLink', href: `#tag-${tag}` }, words(tag)))
    for (const shown of routes) {
      const article = route(shown, api)
      const link = h('a', { href: `#${shown.id}`, 'data-method': shown.method }, h('b', {}, shown.method === 'delete' ? 'DEL' : shown.method.toUpperCase()), h('span', {}, shown.path.replace(/^\/api\/v1/, '') || '/'))
      group.append(link)
      section.append(article)
      entries.push({ shown, link, article, group: { link: group, section } })
    }
    contents.append(group)
    main.append(section)
  }
  main.querySelector('[role=status]')?.remove()
  main.querySelector('h1')?.after(
    h('p', { class: 'lead' }, api.info?.description ?? ''),
    h('p', { class: 'lead' }, `Version ${api.info?.version ?? ''}. The same for programs: `, h('a', { href: '/api/openapi.json' }, '/api/openapi.json'), '. Programs send ', h('code', {}, 'Authorization: Bearer pk_…'), '; keys are made in the settings.'),
    none,
  )
  const find = document.getElementById('find') as HTMLInputElement
  const filter = () => {
    for (const e of entries) e.link.hidden = e.article.hidden = !matches(e.shown, find.value.trim())
    for (const { group } of entries) {
      group.section.hidden = !group.section.querySelector('article:not([hidden])')
      group.link.hidden = group.section.hidden
    }
    none.hidden = entries.some((e) => !e.article.hidden)
  }
  find.addEventListener('input', filter)
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target === find || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    find.focus()
  })
  // The articles are made only now: go to the one the address names.
  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (wanted) wanted.scrollIntoView()
}

async function begin() {
  try {
    const answer = await fetch('/api/openapi.json')
    if (!answer.ok) throw new Error(`The server answered ${answer.status}`)
    show((await answer.json()) as Document)
  } catch (error) {
    const status = document.querySelector('#routes [role=status]')
    status?.setAttribute('role', 'alert')
    if (status) status.textContent = `The description could not be read. ${error instanceof Error ? error.message : ''}`
  }
}

void begin()
