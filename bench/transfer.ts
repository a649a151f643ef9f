/**
 * The download engine beside curl, wget and aria2c, from an nginx on loopback whose files lie in memory: whole speed
 * with and without TLS, a line limited per connection, hits on the address asked for, many small files, many large files
 * at once, one damaged block, kills at whole speed. `KURA_BENCH_MIB` makes the large file smaller,
 * `KURA_BENCH_ONLY=clean,tls` chooses parts, `KURA_BENCH_KILLS` says how many kills.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeMachine } from './harness/machine.ts';
import { measureCleanLine, measureTls } from './transfer/clean-line.ts';
import { measureFlippedBit } from './transfer/flipped-bit.ts';
import { measureHits } from './transfer/hits.ts';
import { measureKills } from './transfer/kills.ts';
import { measureLimitedLine } from './transfer/limited-line.ts';
import { makeSource, type Source } from './transfer/make-source.ts';
import { measureManyLarge } from './transfer/many-large.ts';
import { measureManySmall } from './transfer/many-small.ts';
import { startNginx } from './transfer/nginx-server.ts';
import { peerVersions } from './transfer/peers.ts';

export type Part = (source: Source) => Promise<void>;

const parts: Readonly<Record<string, Part>> = {
  clean: measureCleanLine,
  tls: measureTls,
  limited: measureLimitedLine,
  hits: measureHits,
  bit: measureFlippedBit,
  kills: measureKills,
  memory: measureManyLarge,
  small: measureManySmall,
};

const wanted = process.env['KURA_BENCH_ONLY']?.split(',') ?? Object.keys(parts);
const { cpu, cores, system, node } = describeMachine();
console.log(`${cpu}, ${cores} cores, ${system}, Node ${node}; ${(await peerVersions()).join(', ')}`);
await using cleanup = new AsyncDisposableStack();
const memory = await mkdtemp('/dev/shm/kura-bench-');
cleanup.defer(() => rm(memory, { recursive: true, force: true }));
const disk = await mkdtemp(join(tmpdir(), 'kura-bench-transfer-'));
cleanup.defer(() => rm(disk, { recursive: true, force: true }));
const server = cleanup.use(await startNginx(disk, memory));
const source = await makeSource({ root: memory, out: join(disk, 'out'), server });
for (const name of wanted) await parts[name]?.(source);
