/** What mails need of the house around them. */
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Language } from '#kernel/messages';
import type { Database } from '#platform/db';
import type { Translator } from '#platform/i18n';
import type { Secrets } from '#platform/secrets';

import type { MailTransport } from './mail-transport.ts';

export interface MailDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly sealer: Pick<Secrets, 'seal' | 'open'>;
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly houseLanguage: Language;
  /** Address of this site, named at the foot of each mail. */
  readonly site: string;
  readonly transport: MailTransport;
}

/** For which place the content of a mail is sealed. */
export function mailContext(id: string): string {
  return `mails/${id}`;
}
