/** The outbox of mails, where the configuration names a mail server. */
import { createSmtpTransport } from '#adapters/smtp';
import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { SECOND } from '#kernel/units';
import type { Config } from '#platform/config';
import type { Translator } from '#platform/i18n';
import { createMailOutbox, type MailOutbox } from '#platform/notify';
import { readAuthorities } from '#platform/outbound';

import type { Platform } from './open-platform.ts';

export interface MailLanguages {
  readonly translators: Readonly<Record<Language, Translator>>;
  /** For people who chose none. */
  readonly houseLanguage: Language;
}

/** @throws KuraError invalid `notify.mail-incomplete`, `notify.mail-plain`, `outbound.ca-unreadable` */
export function configuredMail(platform: Platform, languages: MailLanguages): MailOutbox | undefined {
  const { mail, access }: Pick<Config, 'mail' | 'access'> = platform.settings.loaded().config;
  if (mail.host === undefined) return undefined;
  if (mail.security === 'plain' && mail.user !== undefined && !isThisMachine(mail.host)) {
    throw new KuraError('invalid', 'notify.mail-plain', { params: { host: mail.host } });
  }
  const { database, clock, ids, secrets } = platform;
  const transport = createSmtpTransport({
    host: mail.host,
    port: mail.port,
    security: mail.security,
    user: mail.user,
    password: mail.password,
    from: required('mail.from', mail.from),
    ca: mail.caFile === undefined ? undefined : readAuthorities(mail.caFile),
    timeoutMs: mail.timeoutSeconds * SECOND,
  });
  const site = required('access.publicUrl', access.publicUrl);
  return createMailOutbox({ database, clock, ids, sealer: secrets, transport, site, ...languages });
}

function required(missing: string, value: string | undefined): string {
  if (value === undefined) throw new KuraError('invalid', 'notify.mail-incomplete', { params: { missing } });
  return value;
}

function isThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host);
}
