/** A protected job and its copies as the register keeps them. */
import type { CopyView, JobView } from '../../contract/index.ts';

export type Copy = CopyView;
export type Job = JobView;

/** The primary first, then in order of registration: who is written to and asked first. */
export function inOrder(copies: readonly Copy[]): readonly Copy[] {
  return copies.toSorted((a, b) => rank(a) - rank(b) || (a.createdAt < b.createdAt ? -1 : 1));
}

function rank({ role }: Copy): number {
  return role === 'primary' ? 0 : 1;
}

/** Switched off, or until an instant that has not come. */
export function isPaused({ active, pausedUntil }: Pick<Job, 'active' | 'pausedUntil'>, now: number): boolean {
  return !active || (pausedUntil !== null && Date.parse(pausedUntil) > now);
}
