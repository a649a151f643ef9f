import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import * as fc from 'fast-check';
import { sql } from 'kysely';

import { systemClock } from '#kernel/clock';
import type { Database } from '#platform/db';
import { createTestPlatform, testActor, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { type AuditKey, auditKey, newAuditKey } from './audit-key.ts';
import { type ChainTables, chainMigrations, entryColumns } from './audit-tables.ts';
import { exportHeads } from './export-heads.ts';
import type { LogRow } from './row-hash.ts';
import { createSealing, type Sealing } from './sealing.ts';
import { type ChainFinding, verifyChain } from './verify-chain.ts';

const migrations = [...writeMigrations, ...chainMigrations];

interface Bench extends AsyncDisposable {
  readonly database: Database;
  readonly key: AuditKey;
  readonly sealing: Sealing;
  write(count: number): Promise<void>;
}

function openBench(database: Database, headRows = 10): Bench {
  const key = auditKey(newAuditKey());
  const sealing = createSealing({
    database,
    clock: systemClock,
    key,
    headEvery: { rows: headRows, ms: 3_600_000 },
    reportError: (error) => {
      throw error;
    },
  });
  const platform = createTestPlatform(database, { sealing });
  return {
    database,
    key,
    sealing,
    async write(count) {
      for (let n = 0; n < count; n += 1) {
        const subject = { kind: 'file', id: `f${n}`, name: `名${n}` };
        await platform.unitOfWork.write(testActor, async (tx) =>
          tx.audit({ action: 'kit.change-file', subject, result: 'done', before: { n }, after: { n: n + 1 } }),
        );
      }
      await sealing.seal();
    },
    async [Symbol.asyncDispose]() {
      await sealing[Symbol.asyncDispose]();
      await platform[Symbol.asyncDispose]();
    },
  };
}

/** Does what whoever owns the database can do: past every trigger. */
async function tamper(database: Database, statements: (list: string[]) => void): Promise<void> {
  const list: string[] = [];
  statements(list);
  await database.transaction(async (tx) => {
    if (tx.dialect === 'postgres') await sql`set local session_replication_role = replica`.execute(tx.tables());
    for (const statement of list) await sql.raw(statement).execute(tx.tables());
  });
}

async function dropGuards(database: Database): Promise<void> {
  if (database.dialect === 'postgres') return;
  await database.transaction(async (tx) => {
    for (const name of [
      'audit_log_no_update',
      'audit_log_no_delete',
      'audit_heads_no_update',
      'audit_heads_no_delete',
    ]) {
      await sql`drop trigger ${sql.raw(name)}`.execute(tx.tables());
    }
  });
}

async function rowsOf(database: Database): Promise<readonly LogRow[]> {
  return database.tables<ChainTables>().selectFrom('audit_log').selectAll().orderBy('seq').execute();
}

function literal(value: string | number | null): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

forEachDatabase((databases) => {
  describe('the chain', () => {
    it('holds over many writers at once, without a gap or a fork', async () => {
      await using bench = openBench(await databases.open(migrations));
      await Promise.all(Array.from({ length: 12 }, async () => bench.write(5)));
      await bench.sealing.seal();
      const rows = await rowsOf(bench.database);
      assert.deepEqual(
        rows.map((row) => row.seq),
        Array.from({ length: 60 }, (_, index) => index + 1),
      );
      const report = await verifyChain({ ...bench, clock: systemClock });
      assert.deepEqual(
        { ok: report.ok, rows: report.rows, lastSeq: report.lastSeq, unsealed: report.unsealed },
        { ok: true, rows: 60, lastSeq: 60, unsealed: 0 },
      );
    });

    it('takes in a transaction of many entries whole', async () => {
      const database = await databases.open(migrations);
      await using bench = openBench(database);
      const { unitOfWork } = createTestPlatform(database, { sealing: bench.sealing });
      await unitOfWork.write(testActor, async (tx) => {
        for (let n = 0; n < 1200; n += 1) {
          await tx.audit({ action: 'kit.act', subject: { kind: 'x', id: String(n) }, result: 'done' });
        }
      });
      // On SQLite it is in the chain with its commit; PostgreSQL seals right after.
      if (databases.dialect === 'postgres') await bench.sealing.seal();
      const report = await verifyChain({ ...bench, clock: systemClock });
      assert.deepEqual([report.ok, report.rows, report.unsealed], [true, 1200, 0]);
    });

    it('refuses changes and removals by ordinary statements', async () => {
      await using bench = openBench(await databases.open(migrations));
      await bench.write(3);
      for (const statement of [
        `update audit_log set actor_name = 'x' where seq = 2`,
        `update audit_log set seq = 9 where seq = 2`,
        'delete from audit_log where seq = 2',
      ]) {
        await assert.rejects(
          bench.database.transaction(async (tx) => sql.raw(statement).execute(tx.tables())),
          /append-only/,
          statement,
        );
      }
      assert.equal((await verifyChain({ ...bench, clock: systemClock })).ok, true);
    });

    it('takes in entries that were written before there was a chain', async () => {
      const database = await databases.open(migrations);
      const bare = createTestPlatform(database);
      for (const id of ['a', 'b']) {
        await bare.unitOfWork.write(testActor, async (tx) =>
          tx.audit({ action: 'kit.old', subject: { kind: 'x', id }, result: 'done' }),
        );
      }
      await using bench = openBench(database);
      assert.equal((await verifyChain({ ...bench, clock: systemClock })).unsealed, 2);
      assert.equal(await bench.sealing.seal(), 2);
      const report = await verifyChain({ ...bench, clock: systemClock });
      assert.deepEqual([report.ok, report.rows, report.unsealed], [true, 2, 0]);
    });
  });

  describe('tampering', () => {
    let bench: Bench;
    let rows: readonly LogRow[];
    before(async () => {
      bench = openBench(await databases.open(migrations));
      await bench.write(34);
      rows = await rowsOf(bench.database);
      await dropGuards(bench.database);
    });
    after(() => bench[Symbol.asyncDispose]());

    function verify() {
      return verifyChain({ ...bench, clock: systemClock });
    }

    async function restore(changed: readonly LogRow[]): Promise<void> {
      await tamper(bench.database, (list) => {
        for (const row of changed)
          list.push(`delete from audit_log where id = ${literal(row.id)} or position = ${row.position}`);
        for (const row of changed) list.push(insertOf(row, bench.database.dialect));
      });
      assert.equal((await verify()).ok, true, 'restored');
    }

    async function assertFound(finding: Partial<ChainFinding>, changed: readonly LogRow[]): Promise<void> {
      const report = await verify();
      assert.equal(report.ok, false);
      for (const [name, value] of Object.entries(finding)) {
        assert.deepEqual(report.finding?.[name as keyof ChainFinding], value, JSON.stringify(report.finding));
      }
      await restore(changed);
    }

    it('is found wherever a character of a column of a row changes', async () => {
      const columns = [...entryColumns, 'prev_hash', 'hash'] as const;
      await fc.assert(
        fc.asyncProperty(fc.nat(33), fc.constantFrom(...columns), fc.nat(), async (index, column, place) => {
          const row = rows[index];
          assert.ok(row !== undefined);
          await tamper(bench.database, (list) => {
            const value = edited(row[column], place);
            // On PostgreSQL the column is "generated always"; whoever owns the table can lift that.
            if (column === 'position' && bench.database.dialect === 'postgres') {
              list.push('alter table audit_log alter column position set generated by default');
              list.push(`delete from audit_log where seq = ${row.seq}`);
              list.push(insertOf({ ...row, position: Number(value) }, 'postgres'));
              return;
            }
            list.push(`update audit_log set "${column}" = ${literal(value)} where seq = ${row.seq}`);
          });
          await assertFound({ fault: 'edited', seq: index + 1 }, [row]);
        }),
        { numRuns: 60 },
      );
    });

    it('is found where a row is removed or moved', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(32), fc.nat(32), async (first, second) => {
          const one = rows[Math.min(first, second)];
          const other = rows[Math.max(first, second)];
          assert.ok(one !== undefined && other !== undefined);
          if (one === other) {
            await tamper(bench.database, (list) => list.push(`delete from audit_log where seq = ${one.seq}`));
            await assertFound({ fault: 'deleted', seq: one.seq ?? 0 }, [one]);
            return;
          }
          await tamper(bench.database, (list) => {
            list.push(`update audit_log set seq = -1 where seq = ${one.seq}`);
            list.push(`update audit_log set seq = ${one.seq} where seq = ${other.seq}`);
            list.push(`update audit_log set seq = ${other.seq} where seq = -1`);
          });
          await assertFound({ fault: 'reordered', seq: one.seq ?? 0 }, [one, other]);
        }),
        { numRuns: 25 },
      );
    });

    it('is found where the end is cut off', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 34 }), async (from) => {
          await tamper(bench.database, (list) => list.push(`delete from audit_log where seq >= ${from}`));
          await assertFound({ fault: 'truncated', seq: from }, rows.slice(from - 1));
        }),
        { numRuns: 8 },
      );
    });

    it('is found where a row is slipped in, and the chain is not carried on over it', async () => {
      const last = rows.at(-1);
      assert.ok(last !== undefined);
      const forged = { ...last, seq: 35, position: 9000, id: 'forged', prev_hash: last.hash };
      await tamper(bench.database, (list) => list.push(insertOf(forged, bench.database.dialect)));
      assert.equal(await bench.sealing.seal(), 0);
      const report = await verify();
      assert.deepEqual(
        [report.finding?.fault, report.finding?.seq, report.finding?.entryId],
        ['inserted', 35, 'forged'],
      );
      await tamper(bench.database, (list) => list.push(`delete from audit_log where id = 'forged'`));
      assert.equal((await verify()).ok, true);
    });

    it('is found where a head or the record of the end is changed', async () => {
      for (const [table, column] of [
        ['audit_heads', 'signature'],
        ['audit_heads', 'hash'],
        ['audit_tip', 'signature'],
        ['audit_tip', 'seq'],
      ] as const) {
        const key = table === 'audit_heads' ? 'number' : 'id';
        const stored = await bench.database
          .tables<Record<string, Record<string, string | number>>>()
          .selectFrom(table)
          .selectAll()
          .where(key, '=', 1)
          .executeTakeFirstOrThrow();
        const value = stored[column] ?? '';
        function set(to: string | number): string {
          return `update ${table} set ${column} = ${literal(to)} where ${key} = 1`;
        }
        await tamper(bench.database, (list) => list.push(set(edited(value, 3))));
        assert.equal((await verify()).finding?.fault, 'signature', `${table}.${column}`);
        await tamper(bench.database, (list) => list.push(set(value)));
      }
      assert.equal((await verify()).ok, true);
    });
  });

  describe('exported heads', () => {
    it('tell a chain that was cut and signed anew from the one they were taken from', async () => {
      await using bench = openBench(await databases.open(migrations));
      await bench.write(10);
      await bench.sealing.signHead();
      await bench.write(15);
      const exported = await exportHeads(bench, systemClock);
      assert.equal((await verifyChain({ ...bench, clock: systemClock }, { exported })).ok, true);
      await bench.write(5);
      assert.equal((await verifyChain({ ...bench, clock: systemClock }, { exported })).ok, true);
      await dropGuards(bench.database);
      await tamper(bench.database, (list) => {
        list.push('delete from audit_tip', 'delete from audit_heads', 'delete from audit_log where seq > 12');
        list.push(
          `update audit_log set actor_name = 'nobody', seq = null, prev_hash = null, hash = null where seq = 12`,
        );
        list.push('update audit_log set seq = null, prev_hash = null, hash = null');
      });
      // Whoever has the key as well: the chain itself is in order again.
      await bench.sealing.seal();
      assert.equal((await verifyChain({ ...bench, clock: systemClock })).ok, true);
      const report = await verifyChain({ ...bench, clock: systemClock }, { exported });
      assert.deepEqual([report.finding?.fault, report.finding?.seq], ['truncated', 13]);
      await bench.write(20);
      const grown = await verifyChain({ ...bench, clock: systemClock }, { exported });
      assert.deepEqual([grown.finding?.fault, grown.finding?.seq], ['rewritten', 11]);
    });
  });
});

function edited(value: string | number | null, place: number): string | number {
  if (typeof value === 'number') return value + 1000;
  if (value === null || value === '') return 'x';
  const at = place % value.length;
  const code = value.charCodeAt(at);
  return value.slice(0, at) + String.fromCharCode(code === 0x7e ? 0x7d : code + 1) + value.slice(at + 1);
}

function insertOf(row: LogRow, dialect: string): string {
  const columns = Object.entries(row);
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  const values = columns.map(([, value]) => literal(value)).join(', ');
  return `insert into audit_log (${names}) ${dialect === 'postgres' ? 'overriding system value ' : ''}values (${values})`;
}
