/** `npm run soak [-- --minutes 20 --seed TEXT --kills 300]`: downloads under faults and kills, at length. */
import { parseArgs } from 'node:util';

import { soak } from '../bench/soak/soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now()) },
    kills: { type: 'string', default: '300' },
  },
});
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const [minutes, kills] = [Number(values.minutes), Number(values.kills)];
if (!(minutes > 0) || !(kills >= 0)) {
  console.error('Usage: npm run soak -- [--minutes 20] [--seed TEXT] [--kills 300]');
  process.exit(2);
}
const isRight = await soak({ minutes, kills, seed: values.seed, signal: stop.signal });
process.exitCode = isRight ? 0 : 1;
