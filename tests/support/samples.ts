// Makes one of everything, so that tests over all routes have a real id for each path and a body that is right but for one spot.
import type { Json } from './client.ts';
import type { House } from './house.ts';
import type { Route } from './document.ts';

export interface Sample {
  id: string;
  /** A body that creates one more, made new each time. */
  create?: () => Json;
  /** A body that changes it. */
  change?: Json;
}

export async function samples(house: House): Promise<Record<string, Sample>> {
  const owner = house.owner;
  let serial = 0;
  const customer = await house.customer({ display_name: 'Sample' });
  const other = await house.customer({ display_name: 'Sample too' });
  const folder = await owner.post('/folders', { name: 'Sample folder' }).gives(201);
  const staff = await house.user('staff');
  const makers: Record<string, { create: () => Json; change?: Json }> = {
    customers: { create: () => ({ display_name: `Sample ${++serial}` }), change: { source: 'sample' } },
    folders: { create: () => ({ name: `Folder ${++serial}` }), change: { name: 'Renamed' } },
    statuses: { create: () => ({ folder_id: folder.id, name: `Status ${++serial}` }), change: { name: 'Renamed' } },
    tags: { create: () => ({ name: `Tag ${++serial}` }), change: { name: `Tag renamed ${++serial}` } },
    fields: { create: () => ({ key: `field_${++serial}`, label: 'Field', type: 'text' }), change: { label: 'Renamed' } },
    notes: { create: () => ({ customer_id: customer.id, body: `Note ${++serial}` }), change: { body: 'Changed' } },
    relations: { create: () => ({ from_id: customer.id, to_id: other.id, kind: 'family', note: `${++serial}` }) },
    users: { create: () => ({ name: `Person ${++serial}`, email: `person${serial}@example.com`, role_id: staff.role_id }), change: { title: 'Clerk' } },
    views: { create: () => ({ name: `View ${++serial}` }), change: { name: 'Renamed' } },
    roles: { create: () => ({ name: `Role ${++serial}`, permissions: ['tags.view'], visibility: 'own' }), change: { name: `Role renamed ${++serial}` } },
    teams: { create: () => ({ name: `Team ${++serial}`, user_ids: [staff.id] }), change: { name: `Team renamed ${++serial}` } },
    segments: { create: () => ({ name: `Segment ${++serial}`, filter: { search: 'nobody at all' } }), change: { name: `Segment renamed ${++serial}` } },
    keys: { create: () => ({ name: `Key ${++serial}` }) },
    // One to a business, and at the machine's own name, where nobody is asked for anything.
    openid_providers: { create: () => ({ name: 'Sample', issuer: 'https://localhost', client_id: 'sample', client_secret: 'sample', enabled: false }), change: { name: 'Renamed' } },
  };
  const made: Record<string, Sample> = {};
  for (const [name, maker] of Object.entries(makers)) made[name] = { id: (await owner.post(`/${name}`, maker.create()).gives(201)).id, ...maker };
  const list = await owner.post('/imports?filename=sample.csv', undefined, { bytes: 'name,email\nSample,sample@example.com\n', headers: { 'content-type': 'text/csv' } }).gives(201);
  made.imports = { id: list.id };
  const file = await owner.post('/files?filename=sample.txt', undefined, { bytes: 'sample', headers: { 'content-type': 'text/plain' } }).gives(201);
  made.files = { id: file.id };
  return made;
}

/** Stands in a path for a thing that there is no sample of. */
export const nothing = 'non_0000000000001';

/** The route's path with ids of real things in it, or of nothing where there is no sample. */
export function filled(route: Route, known: Record<string, Sample>): string {
  const collection = /^\/api\/v1\/([a-z_]+)/.exec(route.path)?.[1] ?? '';
  return route.path.replace(/\{[^}]+\}/g, known[collection]?.id ?? nothing);
}

export const collectionOf = (route: Route) => /^\/api\/v1\/([a-z_]+)(\/\{[^}]+\})?$/.exec(route.path)?.[1];
/** A POST that changes nothing: its question is too long for an address. */
const asks = /^\/api\/v1\/segments\/preview$/;
export const changes = (route: Route) => route.method !== 'GET' && route.method !== 'HEAD' && !asks.test(route.path);
