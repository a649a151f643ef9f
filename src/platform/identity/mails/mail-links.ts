/** One-time links that travel by mail: invitations, and the choice of a new password. */
import type { WriteTransaction } from '#platform/unit-of-work';

import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { OneTimeLink } from '../links/one-time-link.ts';
import { siteOf } from './tell-account.ts';

type Deps = Pick<IdentityDeps, 'mail' | 'settings'>;

interface LinkMail {
  readonly letter: 'invitation' | 'reset' | 'first-password';
  readonly to: string;
  readonly language: string | null;
  readonly link: OneTimeLink;
  /** Who is addressed; of an invitation, who invites. */
  readonly user: string;
}

/** Whether it was put into the outbox: not where no mail server is configured. */
export async function mailLink(
  { mail, settings }: Deps,
  tx: WriteTransaction,
  { letter, to, language, link, user }: LinkMail,
): Promise<boolean> {
  if (mail === undefined) return false;
  await mail.queue(tx, {
    kind: `identity.${letter}`,
    to,
    language,
    expiresAt: link.expiresAt,
    letter: ({ text, time }) => ({
      subject: text(`identity.mail.${letter}.subject`),
      paragraphs: [text(`identity.mail.${letter}`, { user, until: time(link.expiresAt) }), text('identity.mail.once')],
      action: { label: text(`identity.mail.${letter}.action`), url: `${siteOf(settings)}${link.path}` },
    }),
  });
  return true;
}

export async function mailAccountLink(
  deps: Deps,
  tx: WriteTransaction,
  { email, username, language }: AccountRow,
  { letter, link }: Pick<LinkMail, 'letter' | 'link'>,
): Promise<boolean> {
  if (email === null) return false;
  return mailLink(deps, tx, { letter, to: email, language, link, user: username });
}
