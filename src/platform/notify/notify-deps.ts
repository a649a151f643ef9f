/** What telling people needs of the house around it. */
import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Language } from '#kernel/messages';
import type { Database } from '#platform/db';
import type { Translator } from '#platform/i18n';
import type { Secrets } from '#platform/secrets';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { ChannelTransport } from './channels/channel-transport.ts';
import type { MailOutbox } from './mail-outbox.ts';
import type { People } from './people.ts';

export interface NotifyDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly sealer: Pick<Secrets, 'seal' | 'open'>;
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly people: People;
  readonly channels: ChannelTransport;
  /** Undefined where no mail server is configured. */
  readonly mail: MailOutbox | undefined;
  /** Address of this site, for links; undefined where none is configured. */
  readonly site: string | undefined;
}
