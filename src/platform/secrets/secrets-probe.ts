/** Whether secrets at rest are in order: nothing in the clear, every key usable, none near its end (B-450). */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Probe } from '#platform/health';

import { renewBeforeMs } from './keyring.ts';
import type { Secrets } from './secrets.ts';
import type { StoredSecrets } from './stored-secrets.ts';

/** By then it should have been renewed by itself for days. */
const lateMs = renewBeforeMs - 3 * DAY;

export interface ProbedSecrets {
  readonly secrets: Secrets;
  readonly storedSecrets: StoredSecrets;
  readonly clock: Clock;
}

export function secretsProbe({ secrets, storedSecrets, clock }: ProbedSecrets): Probe {
  return {
    name: 'secrets',
    run: async () => {
      const { keys } = await secrets.state();
      const clear = await storedSecrets.inTheClear();
      const unusable = keys.filter((key) => !key.usable).length;
      const old = keys.filter((key) => key.active && Date.parse(key.expiresAt) - clock.now() < lateMs);
      return {
        state: clear.length + unusable + old.length === 0 ? 'ok' : 'degraded',
        detail: `${keys.length} keys, ${unusable} unusable, ${old.map(({ id, expiresAt }) => `${id} ends ${expiresAt}, `).join('')} ${clear.length} secrets in the clear`,
      };
    },
  };
}
