// The server's own OpenAPI document, and whether its answers are what it says.
import type { Answer, Json } from './client.ts';

export interface Route {
  method: string;
  path: string;
  operation: Json;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

export class Document {
  readonly json: Json;
  readonly mismatches = new Set<string>();
  private readonly matchers: { method: string; pattern: RegExp; literal: number; operation: Json; path: string }[] = [];

  constructor(json: Json) {
    this.json = json;
    const base = new URL(json.servers?.[0]?.url ?? '/', 'http://host').pathname.replace(/\/$/, '');
    for (const [path, item] of Object.entries<Json>(json.paths)) {
      const full = base && !path.startsWith('/api') && !path.startsWith(base) ? base + path : path;
      const source = full.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
      for (const method of methods)
        if (item[method])
          this.matchers.push({ method: method.toUpperCase(), pattern: new RegExp(`^${source}$`), literal: full.replace(/\{[^}]+\}/g, '').length, operation: item[method], path: full });
    }
    this.matchers.sort((one, two) => two.literal - one.literal);
  }

  /** All routes, with their whole paths. */
  get routes(): Route[] {
    return this.matchers.map(({ method, path, operation }) => ({ method, path, operation }));
  }

  resolve(schema: Json): Json {
    while (schema?.$ref) schema = (schema.$ref as string).slice(2).split('/').reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], this.json);
    return schema ?? {};
  }

  /** The schema of a route's JSON body, resolved, or nothing. */
  bodySchema(operation: Json): Json | undefined {
    const schema = this.resolve(operation.requestBody)?.content?.['application/json']?.schema;
    return schema && this.resolve(schema);
  }

  compare(method: string, target: string, answer: Answer): void {
    const path = target.split('?')[0]!;
    if (method === 'HEAD' || !path.startsWith('/api/v1') || answer.status === 405 || answer.status === 404) return;
    const found = this.matchers.find((one) => one.method === method && one.pattern.test(path));
    if (!found) {
      if (answer.status < 300) this.mismatches.add(`${method} ${path}: answered, but the document does not know it`);
      return;
    }
    const spot = `${method} ${found.path} ${answer.status}`;
    const responses = found.operation.responses ?? {};
    const response = this.resolve(responses[answer.status] ?? responses[`${String(answer.status)[0]}XX`] ?? (answer.status >= 300 ? responses.default : undefined));
    if (!responses[answer.status] && answer.status < 300) {
      this.mismatches.add(`${spot}: a status that the document does not name`);
      return;
    }
    const media = (answer.header('content-type') ?? '').split(';')[0]!;
    const schema = response.content?.[media]?.schema;
    if (!schema || !media.endsWith('json')) return;
    // Problems may have members of their own (RFC 9457 §3.2).
    const mistaken = this.faults(schema, answer.json, '').filter((fault) => media !== 'application/problem+json' || !fault.endsWith('is not declared'));
    for (const fault of mistaken.slice(0, 5)) this.mismatches.add(`${spot}: ${fault}`);
  }

  /** What of `value` is not as `schema` says, in words. */
  faults(given: Json, value: Json, at: string): string[] {
    const schema = this.resolve(given);
    if (schema === true || schema === undefined) return [];
    if (schema === false) return [`${at} must not be there`];
    const found: string[] = [];
    for (const part of schema.allOf ?? []) found.push(...this.faults(part, value, at));
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices && !choices.some((choice: Json) => this.faults(choice, value, at).length === 0)) found.push(`${at} fits none of the choices: ${brief(value)}`);
    if (schema.const !== undefined && value !== schema.const) found.push(`${at} is not ${schema.const}`);
    if (schema.enum && !schema.enum.includes(value)) found.push(`${at} is none of ${schema.enum.join(', ')}: ${brief(value)}`);
    const types: string[] = schema.type === undefined ? [] : [schema.type].flat();
    if (types.length && !types.some((type) => isOf(type, value))) return [...found, `${at} should be ${types.join(' or ')}: ${brief(value)}`];
    if (Array.isArray(value) && schema.items) value.forEach((item, index) => found.push(...this.faults(schema.items, item, `${at}/${index}`)));
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      for (const name of schema.required ?? []) if (!(name in value)) found.push(`${at}/${name} is missing`);
      for (const [name, member] of Object.entries(value)) {
        if (schema.properties?.[name]) found.push(...this.faults(schema.properties[name], member, `${at}/${name}`));
        else if (schema.additionalProperties === false) found.push(`${at}/${name} is not declared`);
        else if (schema.additionalProperties) found.push(...this.faults(schema.additionalProperties, member, `${at}/${name}`));
        else if (schema.properties && !schema.allOf && schema.additionalProperties === undefined) found.push(`${at}/${name} is not declared`);
      }
    }
    return found;
  }
}

const brief = (value: Json) => JSON.stringify(value)?.slice(0, 80);

function isOf(type: string, value: Json): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
