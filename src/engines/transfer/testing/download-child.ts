/** A process to be killed: downloads argv[2] to argv[3] and prints what it found and did as one JSON line. */
import { systemClock, systemRandom } from '#kernel/clock';

import { downloadFile } from '../download-file.ts';

const [, , url = '', target = ''] = process.argv;
await using staged = await downloadFile(
  { source: { url }, target, connections: 4, hashes: [], retry: { baseMs: 10 } },
  { clock: systemClock, random: systemRandom },
);
const { hashes, resumedFrom, networkBytes } = staged;
await staged.commit();
process.stdout.write(`${JSON.stringify({ sha256: hashes.SHA256, resumedFrom, networkBytes })}\n`);
