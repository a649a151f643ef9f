/**
 * “I forgot my password” (P-030): the answer is the same, and takes the same time, whether or not the address belongs to
 * somebody, because all that depends on it is done by a job.
 */
import { z } from 'zod';

import { instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import { defineJob, type HandledJob, handleJob } from '#platform/jobs';

import { findAccountByEmail } from '../accounts/account-store.ts';
import { nobody, type Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { resetLinkFor } from '../links/invitations.ts';
import { newestLinkOf } from '../links/link-store.ts';
import type { Attempts } from '../login/attempts.ts';
import { newSecret } from '../secret-hash.ts';
import { mailAccountLink } from './mail-links.ts';

/** Whoever asks again sooner gets no second mail: an inbox is not to be filled by strangers. */
const pauseMs = 5 * MINUTE;

export const mailResetLinkJob = defineJob({
  name: 'identity.mail-reset-link',
  payload: z.object({ salt: z.string(), sealed: z.string(), from: z.string().optional() }),
  maxAttempts: 3,
});

/** @throws KuraError conflict `notify.mail-off`, limit `identity.too-many-attempts` */
export async function requestReset(
  deps: IdentityDeps,
  attempts: Attempts,
  { email, origin }: { readonly email: string; readonly origin: Origin },
): Promise<void> {
  if (deps.mail === undefined) throw new KuraError('conflict', 'notify.mail-off');
  // Never forgiven: that is how often an address may ask.
  await attempts.charge({ address: origin.client?.address });
  const salt = newSecret(deps.random);
  const from = origin.client?.address;
  await deps.unitOfWork.write(nobody(origin), async (tx) => {
    // What was typed may be anything: it is kept sealed.
    const payload = { salt, sealed: deps.sealer.seal(contextOf(salt), email), ...(from === undefined ? {} : { from }) };
    await tx.enqueue(mailResetLinkJob, payload);
  });
}

export function resetLinkHandler(deps: IdentityDeps): HandledJob {
  return handleJob(mailResetLinkJob, async ({ payload: { salt, sealed, from } }) => {
    // No mail server any more: a link that cannot be sent must not end the one before.
    if (deps.mail === undefined) return;
    const email = await deps.sealer.open(contextOf(salt), sealed);
    const actor = { kind: 'system', id: 'nobody', name: 'nobody', ...(from === undefined ? {} : { from }) } as const;
    await deps.unitOfWork.write(actor, async (tx) => {
      const account = await findAccountByEmail(tx, email);
      if (account?.kind !== 'local' || account.active !== 1) return;
      const newest = await newestLinkOf(tx, account.id);
      if (newest !== undefined && newest.created_at > instant(new Date(deps.clock.now() - pauseMs))) return;
      const link = await resetLinkFor(deps, tx, account);
      await mailAccountLink(deps, tx, account, { letter: 'reset', link });
    });
  });
}

function contextOf(salt: string): string {
  return `jobs/identity.mail-reset-link/${salt}`;
}
