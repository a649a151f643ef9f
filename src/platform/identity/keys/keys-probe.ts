/** API keys that end soon, or ended lately, and were not replaced: the programs that use them stop then. */
import { type Instant, instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Probe } from '#platform/health';

import type { Reader } from '../reader.ts';
import { type EndingKey, listEndingKeys } from './key-store.ts';

const soonMs = 14 * DAY;
/** A key for a day is not to be warned of all day long. */
const shareOfLife = 4;
const rememberedMs = 7 * DAY;
const mostNamed = 10;

export function keysProbe(reader: Reader, clock: Clock): Probe {
  return {
    name: 'api-keys',
    run: async () => {
      const now = clock.now();
      const between = { from: at(now - rememberedMs), until: at(now + soonMs) };
      const keys = (await listEndingKeys(reader, between)).filter((key) => endsSoon(key, now));
      const named = keys.slice(0, mostNamed).map(({ name, owner, expiresAt }) => `${name} (${owner}): ${expiresAt}`);
      const more = keys.length > mostNamed ? [`+${keys.length - mostNamed}`] : [];
      return { state: keys.length === 0 ? 'ok' : 'degraded', detail: [...named, ...more].join('; ') };
    },
  };
}

function endsSoon({ createdAt, expiresAt }: EndingKey, now: number): boolean {
  const end = Date.parse(expiresAt);
  return end - now < Math.min(soonMs, (end - Date.parse(createdAt)) / shareOfLife);
}

function at(time: number): Instant {
  return instant(new Date(time));
}
