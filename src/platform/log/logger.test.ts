import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import { openLogger } from './logger.ts';
import { redact } from './redact.ts';

const folder = mkdtempSync(join(tmpdir(), 'kura-log-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function logInto(into: string): Promise<void> {
  await using logger = await openLogger({ level: 'info', folder: into, terminal: 'none' });
  for (let line = 0; line < 100; line += 1) logger.info('said.again', { line });
}

function written(): Record<string, unknown>[] {
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('logger', () => {
  it('writes JSON lines with the error id people were shown, and no secret by key or pattern', async () => {
    const error = new KuraError('unavailable', 'x.y', { cause: new Error('GET https://h/x?token=abc123 failed') });
    {
      await using logger = await openLogger({ level: 'info', folder, terminal: 'none' });
      logger.debug('never.seen');
      logger.setLevel('debug');
      logger
        .with({ requestId: 'r1' })
        .info('request.done', { civitaiToken: 's3cr3t', url: 'https://u:pw@host/?a=1&sig=zzz' });
      logger.error('job.failed', error, { header: 'Bearer abc.def' });
    }
    const lines = written();
    assert.deepEqual(
      lines.map((line) => line['event']),
      ['request.done', 'job.failed'],
    );
    assert.equal(lines[0]?.['requestId'], 'r1');
    assert.ok(JSON.stringify(lines[1]?.['error']).includes(error.id));
    const all = JSON.stringify(lines);
    for (const secret of ['s3cr3t', 'abc123', 'abc.def', 'zzz', ':pw@']) assert.ok(!all.includes(secret), secret);
  });

  it('opens its file with the first line where that is asked for', async () => {
    const late = { level: 'info', terminal: 'none', late: true } as const;
    const rare = join(folder, 'rare');
    {
      await using logger = await openLogger({ ...late, folder: rare });
      assert.ok(!existsSync(rare));
      for (const line of [1, 2, 3]) logger.info('said', { line });
    }
    const lines = readdirSync(rare).flatMap((name) => readFileSync(join(rare, name), 'utf8').trim().split('\n'));
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).line),
      [1, 2, 3],
    );
    rmSync(rare, { recursive: true });
  });

  it('does not end or hold up the process when the disk takes no more lines', {
    skip: existsSync('/dev/full') ? false : 'needs /dev/full',
  }, async () => {
    const full = join(folder, 'full');
    mkdirSync(full);
    // Every write to this device fails with ENOSPC.
    symlinkSync('/dev/full', join(full, 'kura.1.log'));
    await logInto(full);
    assert.deepEqual(readdirSync(full), ['kura.1.log']);
  });
});

describe('redact', () => {
  it('keeps what is no secret', () => {
    assert.equal(redact('{"file":"tokens.safetensors","count":3}'), '{"file":"tokens.safetensors","count":3}');
  });
});
