/** What ends at a storage provider while nobody looks: its login, its certificate. Told once, and once when it is over. */
import { dayIn } from '#kernel/day-in';
import { DAY } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { StoredProvider } from '../../store/provider-store.ts';
import {
  providerCertificateEnding,
  providerCertificateRenewed,
  providerLoginEnding,
  providerLoginRenewed,
} from '../backups-events.ts';
import { daysBetween } from '../test-plans/calendar.ts';

/** As with keys of Kura's own. */
const loginDays = 14;
/** As with the certificate of this installation: less than three weeks left means that nothing renewed it. */
const certificateMs = 21 * DAY;

type Ending = Pick<StoredProvider, 'loginEnding' | 'certificateEnding'>;
type Ends = Pick<StoredProvider, 'active' | 'loginEndsOn' | 'certificateEndsAt'>;

/** Of what nobody uses any more nothing matters. */
export function endingsOf({ active, loginEndsOn, certificateEndsAt }: Ends, now: number, zone: string): Ending {
  const today = dayIn(zone, new Date(now).toISOString());
  return {
    loginEnding: active && loginEndsOn !== null && daysBetween(today, loginEndsOn) < loginDays,
    certificateEnding: active && certificateEndsAt !== null && Date.parse(certificateEndsAt) - now < certificateMs,
  };
}

/** @param before how it stood when it was last told. */
export function tellEndings(
  tx: WriteTransaction,
  before: Ending | undefined,
  provider: Pick<StoredProvider, 'key' | 'title' | 'loginEndsOn' | 'certificateEndsAt'> & Ending,
): void {
  const { key, title, loginEndsOn, certificateEndsAt, loginEnding, certificateEnding } = provider;
  const about = { provider: key, title };
  if (loginEnding !== (before?.loginEnding ?? false)) {
    if (loginEnding) tx.publish(providerLoginEnding, { ...about, day: loginEndsOn ?? '' });
    else tx.publish(providerLoginRenewed, about);
  }
  if (certificateEnding === (before?.certificateEnding ?? false)) return;
  if (certificateEnding)
    tx.publish(providerCertificateEnding, { ...about, day: certificateEndsAt?.slice(0, 10) ?? '' });
  else tx.publish(providerCertificateRenewed, about);
}
