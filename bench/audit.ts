/**
 * The audit log: what the chain costs each entry, and how fast a million entries are searched and verified. In one run:
 * batches with and without chain by turns. `KURA_BENCH_ENTRIES` makes it smaller, `KURA_BENCH_DATABASE` takes PostgreSQL.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock, systemRandom } from '#kernel/clock';
import { type Database, openDatabase } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';
import { createTestPlatform, testActor } from '#platform/unit-of-work/testing';

import { auditTestMigrations, openTestAudit, type TestAudit } from '../src/platform/audit/testing/index.ts';
import { describeMachine } from './harness/machine.ts';

const wanted = Number(process.env['KURA_BENCH_ENTRIES'] ?? 1_000_000);
const ROUNDS = 7;
const WRITES = 500;
const SEARCHES = 40;

const { cpu, cores, node } = describeMachine();
console.log(`${cpu}, ${cores} cores, Node ${node}`);
const place = await mkdtemp(join(tmpdir(), 'kura-bench-audit-'));
try {
  const url = process.env['KURA_BENCH_DATABASE'] ?? `sqlite:${join(place, 'audit.sqlite')}`;
  const database = await openDatabase({ url, clock: systemClock, random: systemRandom });
  await database.migrate(auditTestMigrations);
  await using bench = openTestAudit(database);
  await measureWrites(bench);
  await fill(bench);
  await measureReads(bench);
} finally {
  await rm(place, { recursive: true, force: true });
}

/** One entry per transaction, as most acts are; without a chain rows stay unsealed and are sealed after the clock stops. */
async function measureWrites(bench: TestAudit): Promise<void> {
  const bare = createTestPlatform(bench.database).unitOfWork;
  const times = { bare: [] as number[], chained: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(await writeTime(bare));
    await bench.sealing.seal();
    times.chained.push(await writeTime(bench.unitOfWork));
    await bench.sealing.seal();
  }
  const [without, chained] = [median(times.bare), median(times.chained)];
  console.log(`write, without chain: ${without.toFixed(3)} ms per entry (median of ${ROUNDS} × ${WRITES})`);
  console.log(`write, in the chain:  ${chained.toFixed(3)} ms per entry, ratio ${(chained / without).toFixed(2)}`);
}

async function writeTime(unitOfWork: UnitOfWork): Promise<number> {
  const begun = performance.now();
  for (let n = 0; n < WRITES; n += 1) await unitOfWork.write(testActor, async (tx) => tx.audit(entry(n)));
  return (performance.now() - begun) / WRITES;
}

async function fill(bench: TestAudit): Promise<void> {
  const bare = createTestPlatform(bench.database).unitOfWork;
  const begun = performance.now();
  for (let done = WRITES * ROUNDS * 2; done < wanted; done += 2000) {
    await bare.write(testActor, async (tx) => {
      for (let n = done; n < Math.min(wanted, done + 2000); n += 1) await tx.audit(entry(n));
    });
  }
  const written = performance.now();
  const rows = await bench.sealing.seal();
  const [writing, sealing] = [written - begun, performance.now() - written].map((ms) => Math.round(ms / 1000));
  console.log(`filled to ${wanted} in ${writing} s; ${rows} sealed in ${sealing} s`);
}

async function measureReads({ audit, database }: TestAudit): Promise<void> {
  const searches = {
    'newest page': {},
    'by action, rare': { action: 'kit.rare' },
    'by subject and result': { subjectKind: 'file', result: 'failed' as const },
    'by who (text)': { who: 'nobody-at-all' },
    'free text': { text: 'no such text' },
  };
  for (const [name, filter] of Object.entries(searches)) {
    const times: number[] = [];
    for (let n = 0; n < SEARCHES; n += 1) {
      const begun = performance.now();
      await audit.search({ filter, limit: 50 });
      times.push(performance.now() - begun);
    }
    times.sort((one, other) => one - other);
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0;
    console.log(`search ${name}: median ${median(times).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  }
  await measureVerify(audit, database);
}

async function measureVerify(audit: TestAudit['audit'], { dialect }: Database): Promise<void> {
  const begun = process.cpuUsage();
  const { ok, rows, ms } = await audit.check({ actor: testActor });
  const { user, system } = process.cpuUsage(begun);
  const memory = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  console.log(
    `verify on ${dialect}: ${ok ? 'holds' : 'BROKEN'}, ${rows} entries in ${(ms / 1000).toFixed(1)} s = ` +
      `${Math.round((rows / ms) * 1000)} entries/s, ${((user + system) / 1e6).toFixed(1)} CPU s, ${memory} MiB resident`,
  );
}

function entry(n: number) {
  return {
    action: n % 50_000 === 7 ? 'kit.rare' : 'models.place-file',
    subject: { kind: 'file', id: `file-${n}`, name: `model ${n % 1000} – 模型` },
    result: n % 1000 === 3 ? ('failed' as const) : ('done' as const),
    before: { state: 'missing', size: n },
    after: { state: 'present', size: n + 1, path: `/library/checkpoints/model-${n}.safetensors` },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
