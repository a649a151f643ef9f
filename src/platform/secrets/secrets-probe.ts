/** Whether secrets at rest are in order: nothing in the clear, every key usable, none too old (B-450). */
import type { Clock } from '#kernel/clock';
import type { Probe } from '#platform/health';

import type { Secrets } from './secrets.ts';
import type { StoredSecrets } from './stored-secrets.ts';

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
      const old = keys.filter((key) => key.active && Date.parse(key.expiresAt) < clock.now()).length;
      return {
        state: clear.length + unusable + old === 0 ? 'ok' : 'degraded',
        detail: `${keys.length} keys, ${unusable} unusable, ${old} expired, ${clear.length} secrets in the clear`,
      };
    },
  };
}
