/**
 * A process to be killed: downloads argv[2] to argv[3] and prints what it found and did as one JSON line. Appends a letter
 * for each KiB that has arrived to argv[4], if that is given: what came in survives it, unlike what it would have printed.
 */
import { openSync, writeSync } from 'node:fs';

import { systemClock, systemRandom } from '#kernel/clock';
import { KIB } from '#kernel/units';

import { downloadFile } from '../download-file.ts';

const [, , url = '', target = '', tally = ''] = process.argv;
const file = tally === '' ? undefined : openSync(tally, 'a');
/** Without limit: it is told of all that arrives. */
const bandwidth = file === undefined ? undefined : { take: async (bytes: number) => count(file, bytes) };
let uncounted = 0;

function count(descriptor: number, bytes: number): void {
  uncounted += bytes;
  const whole = Math.floor(uncounted / KIB);
  uncounted -= whole * KIB;
  if (whole > 0) writeSync(descriptor, '.'.repeat(whole));
}

await using staged = await downloadFile(
  { source: { url }, target, connections: 4, hashes: [], retry: { baseMs: 10 }, bandwidth },
  { clock: systemClock, random: systemRandom },
);
const { hashes, resumedFrom, networkBytes } = staged;
await staged.commit();
process.stdout.write(`${JSON.stringify({ sha256: hashes.SHA256, resumedFrom, networkBytes })}\n`);
