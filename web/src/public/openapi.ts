/** The parts of an OpenAPI 3.1 document that the page shows, and what is read out of them. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  readOnly?: boolean
  default?: unknown
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}

type Content = Record<string, { schema?: Schema }>

export interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string; content?: Content }>
  security?: unknown[]
  'x-permission'?: string
}

export interface Document {
  info?: { title?: string; version?: string; description?: string }
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

export interface Shown {
  id: string
  method: string
  path: string
  operation: Operation
  words: string
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The routes of each tag, in the document's order. */
export function groups(document: Document): Map<string, Shown[]> {
  const found = new Map<string, Shown[]>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method]
      if (!operation) continue
      const tag = operation.tags?.[0] ?? path.replace(/^\/api\/v1/, '').split('/')[1] ?? 'other'
      const id = operation.operationId ?? `${method}-${path.replace(/[^a-z0-9]+/gi, '-')}`
      const words = fold(`${method} ${path} ${operation.summary ?? ''} ${operation.description ?? ''} ${tag} ${operation['x-permission'] ?? ''} ${(operation.parameters ?? []).map((p) => p.name).join(' ')}`)
      found.set(tag, [...(found.get(tag) ?? []), { id, method, path, operation, words }])
    }
  }
  return found
}

export function matches(route: Shown, search: string): boolean {
  return fold(search).split(/\s+/).every((word) => route.words.includes(word))
}

export const refName = (ref: string) => ref.replace('#/components/schemas/', '')

export function resolve(schema: Schema | undefined, document: Document): Schema {
  let now = schema ?? {}
  for (let hops = 0; now.$ref && hops < 20; hops++) now = document.components?.schemas?.[refName(now.$ref)] ?? {}
  return now
}

/** A schema's type in a few words: "string", "list of Email", "Money or null". */
export function typeWords(schema: Schema): string {
  if (schema.$ref) return refName(schema.$ref)
  const options = schema.anyOf ?? schema.oneOf
  if (options) return [...new Set(options.map(typeWords))].join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array' || (Array.isArray(schema.type) && schema.type.includes('array'))) {
    const nullable = Array.isArray(schema.type) && schema.type.includes('null')
    return `list of ${schema.items ? typeWords(schema.items) : 'anything'}${nullable ? ' or null' : ''}`
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? (schema.properties ? 'object' : 'anything'))
  return schema.format ? `${type} (${schema.format})` : type
}

/** The bounds a value has to keep. */
export function limits(schema: Schema): string {
  const range = (low: number | undefined, high: number | undefined, unit: string) => {
    if (low !== undefined && low > 0 && high !== undefined) return `${low} to ${high}${unit}`
    if (high !== undefined) return `at most ${high}${unit}`
    return low !== undefined && low > 0 ? `at least ${low}${unit}` : ''
  }
  return [range(schema.minLength, schema.maxLength, ' characters'), range(schema.minimum, schema.maximum, ''), range(undefined, schema.maxItems, ' items')].filter(Boolean).join(', ')
}

/** The schema whose members are worth unfolding below a value: itself, its list's items, or its one option. */
export function inner(schema: Schema, document: Document): Schema | undefined {
  const options = (schema.anyOf ?? schema.oneOf)?.filter((s) => s.type !== 'null')
  const one = resolve(options?.length === 1 ? options[0] : schema, document)
  const deep = one.items ? resolve(one.items, document) : one
  if (deep.properties || deep.allOf || deep.anyOf || deep.oneOf) return deep
  return typeof deep.additionalProperties === 'object' ? inner(deep.additionalProperties, document) : undefined
}

export function members(schema: Schema, document: Document): { name: string; schema: Schema; required: boolean }[] {
  const parts = [schema, ...(schema.allOf ?? []).map((s) => resolve(s, document))]
  return parts.flatMap((part) => Object.entries(part.properties ?? {}).map(([name, own]) => ({ name, schema: own, required: part.required?.includes(name) ?? false })))
}
