import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { clamdPlace } from './clamd-address.ts';
import { readStreamAnswer, readVersionAnswer } from './clamd-answer.ts';

describe('answers of clamd', () => {
  it('are believed only as they stand in its manual', () => {
    assert.deepEqual(readStreamAnswer('stream: OK'), { result: 'clean' });
    assert.deepEqual(readStreamAnswer('stream: Win.Test.EICAR_HDB-1 FOUND'), {
      result: 'infected',
      signature: 'Win.Test.EICAR_HDB-1',
    });
    for (const text of ['', 'OK', 'stream: ok', 'stream: OK\n', ' FOUND', 'other: OK']) {
      assert.equal(readStreamAnswer(text), undefined, text);
    }
  });

  it('to a stream that went wrong are no verdicts', () => {
    for (const [text, code] of [
      ['INSTREAM size limit exceeded. ERROR', 'clamd.stream-limit'],
      ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND', 'clamd.scan-limit'],
      ['stream: Heuristics.Limits.Exceeded FOUND', 'clamd.scan-limit'],
      ["stream: Can't allocate memory ERROR", 'clamd.refused'],
    ]) {
      const answer = readStreamAnswer(text ?? '');
      assert.ok(answer?.result === 'not-scanned', text);
      assert.equal(answer.code, code);
    }
  });

  it('tell the age of the signatures, if they have any', () => {
    const known = readVersionAnswer('ClamAV 1.4.6/27500/Sat Dec 28 09:31:26 2024');
    assert.equal(known?.signatures.version, '27500');
    assert.match(known?.signatures.date ?? '', /^2024-12-2[789]T/);
    const bare = { name: 'ClamAV 1.4.6', signatures: { version: null, date: null } };
    assert.deepEqual(readVersionAnswer('ClamAV 1.4.6'), bare);
    assert.equal(readVersionAnswer('SSH-2.0-OpenSSH_9.2'), undefined);
  });
});

describe('the place of clamd', () => {
  it('is a path or an address', () => {
    assert.deepEqual(clamdPlace('/run/clamd.ctl'), { path: '/run/clamd.ctl' });
    assert.deepEqual(clamdPlace('unix:/run/clamd.ctl'), { path: '/run/clamd.ctl' });
    assert.deepEqual(clamdPlace('unix:///run/clamd.ctl'), { path: '/run/clamd.ctl' });
    assert.deepEqual(clamdPlace('scanner'), { host: 'scanner', port: 3310 });
    assert.deepEqual(clamdPlace('127.0.0.1:99'), { host: '127.0.0.1', port: 99 });
    assert.deepEqual(clamdPlace('tcp://scanner:99'), { host: 'scanner', port: 99 });
    assert.deepEqual(clamdPlace('[::1]:99'), { host: '::1', port: 99 });
    assert.deepEqual(clamdPlace('[::1]'), { host: '::1', port: 3310 });
  });
});
