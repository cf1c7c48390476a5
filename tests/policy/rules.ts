// What the policy expects of one request: the rules of policy.md in order, written without a look at the program.
import type { Caller, Staff } from './callers.ts';
import type { Level, Policy, Row, Sight } from './table.ts';

export interface Expected {
  status: number;
  /** Of the problem, where the policy says which. */
  code?: string;
  /** Let through; what is sent is harmless then. */
  lets?: boolean;
  /** Not there for the caller, so answered as what never was. */
  hidden?: boolean;
}

const notAllowed: Expected = { status: 403, code: 'not_allowed' };
const above: Expected = { status: 403, code: 'above_your_rights' };
const following = ['customer', 'note', 'relation', 'file'];

export class Rules {
  private readonly policy: Policy;
  private readonly staff: Staff;
  constructor(policy: Policy, staff: Staff) {
    this.policy = policy;
    this.staff = staff;
  }

  of(row: Row, caller: Caller, standing: string): Expected {
    const allowed: Expected = { status: row.allowed, lets: true };
    if (row.right === 'anyone') return allowed;
    if (caller.sight === 'nobody') return { status: 401, code: 'not_signed_in' };
    if (row.right !== 'signed_in' && !caller.rights.has(row.right)) return notAllowed;
    // An empty answer is no refusal.
    const hidden: Expected = { status: row.hidden!, hidden: true, lets: row.hidden! < 400 };
    if (row.needs === 'by session') return caller.signedIn ? allowed : { status: 403, code: 'not_by_key' };
    if (row.needs === 'session, not key') return caller.signedIn ? allowed : { status: 409, code: 'no_session' };
    if (row.needs === 'as an owner') return this.outranks(caller, 'owner') ? allowed : above;
    if (row.needs === 'profile' && !(standing === 'oneself' && caller.userId) && !caller.rights.has('users.edit')) return notAllowed;
    if (row.needs.startsWith('manage') && row.method === 'POST' && !this.managesAnywhere(caller, row)) return notAllowed;
    if (!row.of) return allowed;
    if (standing === 'missing' || standing === "neighbour's" || caller.sight === 'elsewhere') return hidden;
    if (following.includes(row.of)) return this.ofCustomer(row, caller, standing, allowed, hidden);
    if (row.of === 'folder' || row.of === 'status') return this.ofFolder(row, caller, standing, allowed, hidden);
    return this.ofOther(row, caller, standing, allowed, hidden);
  }

  private ofCustomer(row: Row, caller: Caller, standing: string, allowed: Expected, hidden: Expected): Expected {
    const doing = (sight: Sight) => (this.policy.customers.get(standing) ?? this.policy.files.get(standing)!)[sight];
    switch (doing(row.of === 'note' || row.of === 'relation' ? caller.hanging : caller.sight)) {
      case '': return hidden;
      case 'bin': return { status: row.inBin!, lets: true };
      case 'looks': return row.needs === 'work' || row.needs === 'add' ? { status: 403, code: 'look_only' } : allowed;
      case 'works': return row.needs === 'add' && doing(caller.hanging) === '' ? { status: 403, code: 'beyond_sight' } : allowed;
    }
  }

  private levelOf(caller: Caller, standing: string): Level {
    return caller.sight === 'owner' ? '–' : this.policy.folders.get(standing)!;
  }

  private managesAnywhere(caller: Caller, row: Row): boolean {
    return caller.rights.has(row.needs.split(': ')[1]!) || (caller.sight !== 'owner' && caller.sight !== 'elsewhere');
  }

  private ofFolder(row: Row, caller: Caller, standing: string, allowed: Expected, hidden: Expected): Expected {
    const level = this.levelOf(caller, standing);
    if (level === 'none') return hidden;
    if (row.needs === 'see the folder') return allowed;
    if (row.needs === 'work in the folder') return level === 'see' || (level === '–' && caller.sight === 'none') ? { status: 422 } : allowed;
    const may = level === '–' ? caller.rights.has(row.needs.split(': ')[1]!) : level === 'manage';
    return may ? allowed : notAllowed;
  }

  private ofOther(row: Row, caller: Caller, standing: string, allowed: Expected, hidden: Expected): Expected {
    const owner = this.staff.users.get('owner')!.id;
    const leads = caller.role === 'owner' || caller.role === 'manager';
    switch (row.needs) {
      case 'look':
      case 'ready-made stay': return allowed;
      case 'reach': return this.reaches(caller, this.roleOf(standing, caller)) ? allowed : above;
      case 'outrank': return this.outranks(caller, this.roleOf(standing, caller)) ? allowed : above;
      case 'outrank another': return standing !== 'oneself' && this.outranks(caller, this.roleOf(standing, caller)) ? allowed : above;
      case 'profile': return standing === 'oneself' || this.reaches(caller, this.roleOf(standing)) ? allowed : above;
      case 'stand in': return standing === 'oneself' || this.standsIn(caller, standing) ? allowed : hidden;
      case 'see the key': return standing === 'own' || this.standsIn(caller, standing) ? allowed : hidden;
      case 'see the view': return standing === 'shared' || caller.userId === owner ? allowed : hidden;
      case 'change the view':
        if (caller.userId === owner) return allowed;
        if (standing !== 'shared') return hidden;
        return leads ? allowed : { status: 403, code: 'not_yours' };
      case 'see the job': return leads || (standing === "own's" && caller.userId === this.staff.users.get('own')!.id) ? allowed : hidden;
      case "take the job's file":
        return caller.role === 'owner' || (standing === "own's" && caller.userId === this.staff.users.get('own')!.id) ? allowed : hidden;
    }
    throw new Error(`policy.md has a rule that nobody wrote down here: ${row.needs}`);
  }

  private standsIn(caller: Caller, standing: string): boolean {
    return caller.rights.has('users.edit') && this.outranks(caller, this.roleOf(standing));
  }

  private roleOf(standing: string, caller?: Caller): string {
    if (standing === 'oneself') return caller!.role === 'owner' ? 'owner' : caller!.name;
    return { least: 'least', 'second owner': 'owner', "owner's": 'owner', "manager's": 'manager' }[standing]!;
  }

  private roleRights(role: string, caller?: Caller): { rights: Set<string>; reach: number } {
    if (role === 'least') return { rights: new Set(), reach: 0 };
    const rights = this.policy.roles.get(role);
    return rights ? { rights, reach: 3 } : { rights: caller!.rights, reach: caller!.reach };
  }

  private reaches(caller: Caller, role: string): boolean {
    const { rights, reach } = this.roleRights(role, caller);
    return (caller.role === 'owner' || reach <= caller.reach) && [...rights].every((right) => caller.rights.has(right));
  }

  private outranks(caller: Caller, role: string): boolean {
    return this.reaches(caller, role) && (caller.role === 'owner' || this.roleRights(role, caller).rights.size < caller.rights.size);
  }
}
