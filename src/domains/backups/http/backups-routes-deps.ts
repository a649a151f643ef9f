import type { Clock } from '#kernel/clock';
import type { Language } from '#kernel/messages';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../backups.ts';

export interface BackupsRoutesDeps {
  readonly backups: Backups;
  readonly clock: Clock;
  /** Of all catalogues: what went wrong may have happened in any part. */
  readonly translators: Readonly<Record<Language, Translator>>;
}
