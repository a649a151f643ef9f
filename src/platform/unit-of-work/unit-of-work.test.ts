import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { z } from 'zod';

import { defineEvent } from '#platform/events';
import { defineJob } from '#platform/jobs';
import type { Actor, AuditTables } from '#platform/unit-of-work';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase, schemaOutline } from '#stand-ins/databases';

const placed = defineEvent({ name: 'kit.file-placed', schema: z.object({ n: z.number() }) });
const hash = defineJob({ name: 'kit.hash-file', payload: z.object({ file: z.string() }) });
const mika: Actor = { kind: 'user', id: 'u1', name: '美香', from: '192.0.2.7', correlationId: 'r-1' };

const outlines = new Map<string, readonly string[]>();

forEachDatabase((databases) => {
  async function open() {
    const platform = createTestPlatform(await databases.open(writeMigrations));
    const reads = platform.database.tables<AuditTables & { kura_events: { name: string } }>();
    return { ...platform, reads };
  }

  it('commits a change with its audit record, event and job', async () => {
    await using bench = await open();
    let committed = false;
    const job = await bench.unitOfWork.write(mika, async (tx) => {
      tx.publish(placed, { n: 1 });
      tx.onCommit(() => {
        committed = true;
      });
      await tx.audit({
        action: 'models.place-file',
        subject: { kind: 'file', id: 'f1', name: 'a.safetensors' },
        before: { path: null },
        after: { path: '/models/a' },
        result: 'done',
      });
      return tx.enqueue(hash, { file: 'f1' });
    });
    assert.equal(committed, true);
    assert.equal((await bench.jobs.get(job.id))?.status, 'queued');
    assert.deepEqual(await bench.reads.selectFrom('kura_events').select('name').execute(), [{ name: placed.name }]);
    const [row] = await bench.reads.selectFrom('audit_log').selectAll().execute();
    assert.deepEqual(
      { ...row, id: '', at: '' },
      {
        position: 1,
        id: '',
        at: '',
        actor_kind: 'user',
        actor_id: 'u1',
        actor_name: '美香',
        actor_from: '192.0.2.7',
        correlation_id: 'r-1',
        category: 'data',
        level: 'info',
        action: 'models.place-file',
        subject_kind: 'file',
        subject_id: 'f1',
        subject_name: 'a.safetensors',
        result: 'done',
        before: '{"path":null}',
        after: '{"path":"/models/a"}',
      },
    );
  });

  it('leaves no trace of any of them when the work fails', async () => {
    await using bench = await open();
    await assert.rejects(
      bench.unitOfWork.write(mika, async (tx) => {
        tx.publish(placed, { n: 1 });
        await tx.enqueue(hash, { file: 'f1' });
        await tx.audit({ action: 'a.b', subject: { kind: 'x', id: '1' }, result: 'done' });
        throw new Error('no');
      }),
      /no/,
    );
    assert.deepEqual(await bench.reads.selectFrom('kura_events').select('name').execute(), []);
    assert.deepEqual(await bench.reads.selectFrom('audit_log').select('id').execute(), []);
    assert.deepEqual(await bench.jobs.list({ limit: 1 }), []);
  });

  it('ends in a known schema', async () => {
    await using bench = await open();
    outlines.set(databases.dialect, await schemaOutline(bench.database));
  });
});

describe('the tables of jobs, events and audit', () => {
  it('are the same on both databases', () => {
    const sqlite = outlines.get('sqlite');
    assert.ok(sqlite !== undefined && sqlite.length > 50, 'an outline was taken');
    assert.deepEqual(outlines.get('postgres'), sqlite);
  });
});
