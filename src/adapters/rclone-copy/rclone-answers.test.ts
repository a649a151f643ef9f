import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readLine, readListed } from './rclone-answers.ts';

describe('answers of rclone', () => {
  it('are JSON but for the last line of a run that failed', () => {
    const unread = readLine(
      '{"level":"error","msg":"Failed to copy: failed to open source object: open /src/a.txt: permission denied","object":"a.txt","objectType":"*local.Object","source":"operations/operations.go:538","time":"2026-11-22T18:02:57.11222+00:00"}',
    );
    assert.deepEqual([unread.level, unread.object], ['error', 'a.txt']);
    assert.deepEqual(readLine('2026/11/22 18:02:57 Failed to sync: directory not found'), {
      level: 'error',
      message: '2026/11/22 18:02:57 Failed to sync: directory not found',
      object: undefined,
      stats: undefined,
    });
  });

  it('count with fields that newer versions add and older ones lack', () => {
    const told = readLine('{"level":"warning","msg":"…","stats":{"bytes":300011,"eta":null,"serverSideCopies":0}}');
    assert.deepEqual([told.stats?.bytes, told.stats?.transfers], [300_011, 0]);
    assert.equal(readLine('{"level":"info","msg":"x","stats":"none"}').stats, undefined);
  });

  it('of a list come line by line between brackets; folders are none of ours', () => {
    const listed = [
      '[',
      '{"Path":"a b.txt","Name":"a b.txt","Size":11,"ModTime":"2026-11-22T18:02:56Z","IsDir":false},',
      '{"Path":"sub","Size":-1,"IsDir":true}',
      ']',
    ];
    assert.deepEqual(
      listed.flatMap((line) => readListed(line) ?? []),
      [{ path: 'a b.txt', size: 11, modified: '2026-11-22T18:02:56Z' }],
    );
  });
});
