/** What the verifications of a copy amount to. */
import type { Instant } from '#kernel/brands';

import type { VerificationKind } from '../../contract/index.ts';
import type { Verification } from './verification-record.ts';

export type Examined = Pick<Verification, 'kind' | 'result' | 'endedAt' | 'position'>;

export interface Proof {
  readonly passed: boolean;
  readonly finishedAt: Instant;
}

/** How much of the repository each kind reads: everything, one snapshot, or only what is needed to find things. */
const depth: Readonly<Record<VerificationKind, number>> = { structure: 0, restore: 1, data: 2 };

/**
 * The newest failure that nothing as thorough has refuted since; else the newest success that read contents; else
 * nothing: finding everything in its place proves no restore. Failures up to `settledUntil` were settled by somebody who
 * gave a reason: they count neither way.
 */
export function proofOf(verifications: readonly Examined[], settledUntil?: string): Proof | null {
  const ended = verifications.filter(({ endedAt }) => endedAt !== null).toSorted((a, b) => b.position - a.position);
  const passes = ended.filter(({ result }) => result === 'passed');
  const standing = ended.find(
    (one) =>
      one.result === 'failed' &&
      !isSettled(one, settledUntil) &&
      !passes.some((pass) => pass.position > one.position && depth[pass.kind] >= depth[one.kind]),
  );
  const telling = standing ?? passes.find(({ kind }) => depth[kind] > 0);
  if (telling === undefined || telling.endedAt === null) return null;
  // Every ended_at was written by nowInstant.
  return { passed: standing === undefined, finishedAt: telling.endedAt as Instant };
}

function isSettled({ endedAt }: Examined, settledUntil: string | undefined): boolean {
  return settledUntil !== undefined && endedAt !== null && endedAt <= settledUntil;
}
