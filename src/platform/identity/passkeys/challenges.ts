/** Challenges are random, good for five minutes and one answer. */
import { instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { MINUTE } from '#kernel/units';

import type { IdentityDeps } from '../identity-deps.ts';
import { secretHash } from '../secret-hash.ts';
import { insertChallenge, useChallenge } from './passkey-store.ts';

const challengeMs = 5 * MINUTE;

type Deps = Pick<IdentityDeps, 'database' | 'clock' | 'random'>;

/** @param accountId Who is to answer; null: whoever logs in. */
export async function newChallenge(
  { database, clock, random }: Deps,
  accountId: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = Uint8Array.from(random.bytes(32));
  const row = {
    challenge_hash: secretHash(Buffer.from(challenge).toString('base64url')),
    account_id: accountId,
    expires_at: instant(new Date(clock.now() + challengeMs)),
  };
  await database.transaction((tx) => insertChallenge(tx, row, nowInstant(clock)));
  return challenge;
}

/** Spends the challenge an answer names, whether or not the answer turns out right. */
export function spendsChallenge({ database, clock }: Deps, accountId: string | null) {
  return (challenge: string): Promise<boolean> =>
    database.transaction((tx) => useChallenge(tx, { hash: secretHash(challenge), accountId, now: nowInstant(clock) }));
}
