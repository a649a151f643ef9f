import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { systemClock, systemRandom } from '#kernel/clock';
import { accessMessages } from '#platform/access';
import { auditCommands, auditMessages, auditRoutes } from '#platform/audit';
import { createCommandRunner } from '#platform/cli/testing';
import { openDatabase } from '#platform/db';
import { httpMessages } from '#platform/http';
import { createTranslators } from '#platform/i18n';

import { auditTestMigrations, openTestAudit, type TestAudit } from '../../src/platform/audit/testing/index.ts';

const { runCommand } = createCommandRunner([httpMessages, accessMessages, auditMessages]);
const translators = createTranslators([httpMessages, accessMessages, auditMessages], 'UTC');

describe('kura audit', () => {
  let folder: string;
  let bench: TestAudit;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-audit-cli-'));
    const url = `sqlite:${join(folder, 'kura.sqlite')}`;
    const database = await openDatabase({ url, clock: systemClock, random: systemRandom });
    await database.migrate(auditTestMigrations);
    bench = openTestAudit(database);
    for (let n = 1; n <= 6; n += 1) await write(`kit.act-${n}`);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(action: string, level: 'info' | 'critical' = 'info'): Promise<void> {
    const actor = { kind: 'user', id: 'u1', name: '=美香' } as const;
    const subject = { kind: 'file', id: 'f1' };
    await bench.unitOfWork.write(actor, async (tx) => tx.audit({ action, level, subject, result: 'done' }));
  }

  function kura(...words: string[]) {
    return runCommand(auditCommands, ['audit', ...words], {
      language: 'ja',
      open: async () => undefined,
      handlers: auditRoutes({ ...bench, translators, version: '1.2.3' }),
    });
  }

  /** Somebody with the file in hand, past Kura and past the triggers. */
  function tamper(...statements: readonly string[]): void {
    using file = new DatabaseSync(join(folder, 'kura.sqlite'));
    for (const { name } of file.prepare(`select name from sqlite_schema where type = 'trigger'`).all()) {
      file.exec(`drop trigger "${String(name)}"`);
    }
    for (const statement of statements) file.exec(statement);
  }

  it('verifies with exit 0, and with 5 names the first entry that does not hold', async () => {
    const sound = await kura('verify');
    assert.equal(sound.code, 0);
    assert.match(sound.stdout, /監査ログは整合しています: 6 件/);
    tamper(`update audit_log set actor_name = '誰でもない' where seq = 3`, `delete from audit_log where seq = 5`);
    const broken = await kura('verify');
    assert.equal(broken.code, 5);
    assert.match(broken.stdout, /3 番の記録 \(kit\.act-3\) が、書かれた後で変更されています/);
    const told = JSON.parse((await kura('verify', '--json')).stdout);
    assert.deepEqual([told.ok, told.finding.fault, told.finding.seq], [false, 'edited', 3]);
    const detections = JSON.parse((await kura('detections', '--json')).stdout);
    assert.deepEqual(
      detections.items.map(({ rule, severity }: { rule: string; severity: string }) => [rule, severity]),
      [['chain-broken', 'critical']],
    );
  });

  it('tells a log that was cut and signed anew by the heads that were kept elsewhere', async () => {
    const heads = join(folder, 'heads.json');
    assert.equal((await kura('heads', '--out', heads)).code, 0);
    assert.equal((await kura('verify', '--heads', heads)).code, 0);
    tamper(
      'delete from audit_tip',
      'delete from audit_heads',
      'delete from audit_log where seq > 4',
      'update audit_log set seq = null, prev_hash = null, hash = null',
    );
    await bench.sealing.seal();
    assert.equal((await kura('verify')).code, 0, 'by itself it looks whole');
    const told = await kura('verify', '--heads', heads);
    assert.equal(told.code, 5);

    const forged = JSON.parse(await readFile(heads, 'utf8'));
    forged.heads[0].hash = 'f'.repeat(64);
    await writeFile(heads, JSON.stringify(forged));
    assert.equal((await kura('verify', '--heads', heads)).code, 2, 'heads nobody signed prove nothing');
  });

  it('lists, exports and sums up', async () => {
    await write('kit.alarm', 'critical');
    const { items } = JSON.parse((await kura('list', '--level', 'critical', '--json')).stdout);
    assert.deepEqual(
      items.map(({ action }: { action: string }) => action),
      ['kit.alarm'],
    );
    const file = join(folder, 'audit.csv');
    assert.equal((await kura('export', '--out', file, '--action', 'kit.*')).code, 0);
    const lines = (await readFile(file, 'utf8')).trim().split('\r\n');
    assert.equal(lines.length, 8);
    assert.ok(lines.slice(1).every((line) => line.includes(",'=美香,")));
    const summary = await kura('summary', '--days', '1');
    assert.equal(summary.code, 0);
    assert.match(summary.stdout, /整合しています[^]*重大な記録が 1 件/);
  });

  it('settles a detection once, with a reason', async () => {
    await write('kit.alarm', 'critical');
    const { items } = JSON.parse((await kura('detections', '--json')).stdout);
    const { id } = items[0];
    assert.equal((await kura('acknowledge', id)).code, 2);
    assert.equal((await kura('acknowledge', id, '--reason', '訓練でした')).code, 0);
    assert.equal((await kura('acknowledge', id, '--reason', '訓練でした')).code, 1);
    assert.match((await kura('detections')).stdout, /検知はありません/);
    const { items: all } = JSON.parse((await kura('detections', '--state', 'all', '--json')).stdout);
    assert.equal(all[0].acknowledged.reason, '訓練でした');
  });
});
