// Reads policy.md: the reviewed table of who may do what, apart from the program.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export type Sight = 'owner' | 'all' | 'team' | 'own' | 'none' | 'elsewhere' | 'nobody';
export type Doing = 'works' | 'looks' | 'bin' | '';
export type Level = '–' | 'none' | 'see' | 'work' | 'manage' | 'gone';

export interface Row {
  method: string;
  path: string;
  by: string;
  right: string;
  of: string;
  needs: string;
  allowed: number;
  inBin: number | undefined;
  hidden: number | undefined;
  sends: string;
}

interface Caller {
  name: string;
  rights: string;
  sight: Sight;
  /** Of notes and relations. */
  hanging: Sight;
}

type Line = Record<string, string>;

/** The first table under a heading, a record for each line. */
function table(text: string, heading: string): Line[] {
  const lines = text.split('\n');
  let at = lines.findIndex((line) => new RegExp(`^#+ ${heading}$`).test(line));
  if (at < 0) throw new Error(`policy.md has no "${heading}"`);
  while (!lines[at]!.startsWith('|')) at++;
  const cells = (line: string) => line.split('|').slice(1, -1).map((cell) => cell.trim());
  const names = cells(lines[at]!);
  const rows: Line[] = [];
  for (at += 2; lines[at]?.startsWith('|'); at++) {
    const values = cells(lines[at]!);
    if (values.length !== names.length) throw new Error(`policy.md: ${names.length} columns are wanted: ${lines[at]}`);
    rows.push(Object.fromEntries(names.map((name, column) => [name, values[column]!])));
  }
  return rows;
}

const number = (text: string) => (text === '' ? undefined : Number(text));

export class Policy {
  readonly rights: string[];
  readonly roles = new Map<string, Set<string>>();
  readonly callers: Caller[];
  readonly customers = new Map<string, Record<Sight, Doing>>();
  readonly files = new Map<string, Record<Sight, Doing>>();
  readonly folders = new Map<string, Level>();
  readonly rows: Row[];
  /** "GET /path fol": what is named by its id where it is hidden. */
  readonly toldAllTheSame: Set<string>;

  constructor(text = readFileSync(path.join(import.meta.dirname, 'policy.md'), 'utf8')) {
    const rights = table(text, 'Rights');
    this.rights = rights.map((line) => line.right!);
    for (const role of ['owner', 'manager', 'staff', 'read_only']) this.roles.set(role, new Set(rights.filter((line) => line[role] === '●').map((line) => line.right!)));
    this.callers = table(text, 'Callers').map((line) => ({ name: line.caller!, rights: line.rights!, sight: line.sight as Sight, hanging: (line['of what hangs'] || line.sight) as Sight }));
    for (const heading of ['Customers', 'Files'] as const)
      for (const line of table(text, heading)) {
        const { standing, owner, all, team, own, none } = line as Record<string, Doing>;
        (heading === 'Customers' ? this.customers : this.files).set(standing!, { owner: owner!, all: all!, team: team!, own: own!, none: none!, elsewhere: '', nobody: '' });
      }
    for (const line of table(text, 'Folders')) this.folders.set(line.folder!, line.level as Level);
    this.toldAllTheSame = new Set(table(text, 'Told all the same').map((line) => `${line.route} ${line.names}`));
    this.rows = table(text, 'Routes').map((line) => {
      const [method, where] = line.route!.split(' ');
      return {
        method: method!, path: where!, by: line.by!, right: line.right!, of: line.of!, needs: line.needs!, allowed: Number(line.allowed),
        inBin: number(line['in bin']!), hidden: number(line.hidden!), sends: line.sends!,
      };
    });
  }

  /** The rights that a word of the callers' table means. */
  rightsOf(words: string): Set<string> {
    const known = this.roles.get(words);
    if (known) return known;
    if (words === 'all') return new Set(this.rights);
    if (words === 'none') return new Set();
    if (words === 'staff+export') return new Set([...this.roles.get('staff')!, 'customers.export']);
    return new Set(words.split(' '));
  }
}
