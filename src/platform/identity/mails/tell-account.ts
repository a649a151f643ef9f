/** Mails to the owner of an account about what happened to it, so that whoever did not do it hears of it. */
import { nowInstant } from '#kernel/clock';
import type { MessageParams } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';

export interface AccountNotice {
  readonly notice:
    | 'login'
    | 'linked'
    | 'password'
    | 'email'
    | 'key'
    | 'second-factor.enable'
    | 'second-factor.disable'
    | 'second-factor.reset'
    | 'second-factor.renew-recovery-codes'
    | 'passkey.add'
    | 'passkey.remove';
  readonly params?: MessageParams;
}

type Deps = Pick<IdentityDeps, 'clock' | 'mail' | 'settings'>;

/** Says nothing to accounts without an address, and where no mail server is configured. */
export async function tellAccount(
  { clock, mail, settings }: Deps,
  tx: WriteTransaction,
  { email, username, language }: Pick<AccountRow, 'email' | 'username' | 'language'>,
  { notice, params = {} }: AccountNotice,
): Promise<void> {
  if (mail === undefined || email === null) return;
  const at = nowInstant(clock);
  const from = tx.actor.from ?? '–';
  await mail.queue(tx, {
    kind: `identity.${notice}`,
    to: email,
    language,
    letter: ({ text, time }) => ({
      subject: text(`identity.mail.${notice}.subject`),
      paragraphs: [
        text('identity.mail.greeting', { user: username }),
        text(`identity.mail.${notice}`, { time: time(at), from, ...params }),
        text('identity.mail.not-you'),
      ],
      action: { label: text('identity.mail.open-account'), url: `${siteOf(settings)}/account` },
    }),
  });
}

/** Where links in mails lead: never to a name that a request brought along. */
export function siteOf(settings: IdentityDeps['settings']): string {
  return (settings().publicUrl ?? '').replace(/\/$/, '');
}
