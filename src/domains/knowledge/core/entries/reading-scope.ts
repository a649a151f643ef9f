/**
 * Who may see an entry (K-021). Author, owner and reviewer see it always; others when its visibility lets them, drafts and
 * what is being reviewed only if they write here. Three places ask: this rule for one entry, `store/readable.ts` for lists,
 * `core/search/readable-node.ts` for the index; a test holds them against each other.
 */
import type { Caller } from '#platform/access';

import type { EntryStatus, Visibility } from '../../contract/index.ts';

/** Who reads: a caller as routes know it. */
export type Reader = Pick<Caller, 'name' | 'permissions' | 'account'>;

/** What of the caller counts. */
export interface ReadingScope {
  readonly person: string;
  readonly department: string | undefined;
  /** Drafts and what is being reviewed. */
  readonly unfinished: boolean;
}

/** Undefined: sees everything. */
export function scopeOf({ name, permissions, account }: Reader): ReadingScope | undefined {
  if (permissions.has('knowledge:manage')) return undefined;
  return {
    person: name,
    department: account?.department ?? undefined,
    unfinished: permissions.has('knowledge:write'),
  };
}

/** Of an entry, what decides who may see it. */
export interface Audience {
  readonly visibility: Visibility;
  readonly department: string | null;
  readonly status: EntryStatus;
  readonly createdBy: string;
  readonly owner: string | null;
  readonly reviewer: string | null;
}

export function mayRead(scope: ReadingScope | undefined, entry: Audience): boolean {
  if (scope === undefined || personsOf(entry).includes(scope.person)) return true;
  if (isUnfinished(entry.status) && !scope.unfinished) return false;
  if (entry.visibility === 'department') return entry.department !== null && entry.department === scope.department;
  return entry.visibility !== 'confidential';
}

/** Everybody who reads here sees it. */
export function isOpenToReaders({ visibility, status }: Pick<Audience, 'visibility' | 'status'>): boolean {
  return !isLimited(visibility) && !isUnfinished(status);
}

/** Who may be told of a change of an entry: those who may see every one of its states. */
export function listenersOf(...states: ReadonlyArray<Pick<Audience, 'visibility' | 'status'> | undefined>) {
  const known = states.filter((state) => state !== undefined);
  if (known.some(({ visibility }) => isLimited(visibility))) return 'few';
  return known.some(({ status }) => isUnfinished(status)) ? 'writers' : 'readers';
}

export function isLimited(visibility: Visibility): boolean {
  return visibility === 'department' || visibility === 'confidential';
}

export function isUnfinished(status: EntryStatus): boolean {
  return unfinished.some((one) => one === status);
}

export const unfinished = ['draft', 'review'] as const satisfies readonly EntryStatus[];

/** Who has to do with it, whatever others may see. */
export function personsOf({ createdBy, owner, reviewer }: Audience): readonly string[] {
  return [...new Set([createdBy, owner, reviewer])].filter((name) => typeof name === 'string');
}
