import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { IsolatedResult } from '#platform/isolation';

import { readAnswer } from './read-answer.ts';

type Words = Partial<Omit<IsolatedResult, 'stdout' | 'stderr'>> & {
  readonly stdout?: string;
  readonly stderr?: string;
};

function answerTo(output: 'exit-code' | 'json-lines', { stdout = '', stderr = '', ...words }: Words) {
  const result: IsolatedResult = {
    level: 'bubblewrap',
    exitCode: 0,
    killedBy: undefined,
    ...words,
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(stderr),
  };
  const exitCodes = { 0: 'clean', 1: 'dangerous', 3: 'suspicious' } as const;
  return readAnswer(result, { output, exitCodes, timeoutSeconds: 5 }, '/data/models/secret.ckpt');
}

describe('an exit code', () => {
  it('means what the settings say, with the first line as the message', () => {
    assert.deepEqual(answerTo('exit-code', { stdout: 'all fine' }), { result: 'clean', findings: [], reason: null });
    const found = answerTo('exit-code', { exitCode: 1, stdout: '\n/scan/file: Bad.Thing FOUND\u001b[31m\nmore' });
    assert.equal(found.result, 'dangerous');
    assert.deepEqual(found.findings, [
      { rule: 'exit-1', severity: 'dangerous', message: '{file}: Bad.Thing FOUND [31m' },
    ]);
    assert.equal(answerTo('exit-code', { exitCode: 3 }).result, 'suspicious');
  });

  it('that nobody knows is no verdict, and no path is told', () => {
    const { result, reason } = answerTo('exit-code', { exitCode: 2, stderr: 'cannot open /data/models/secret.ckpt' });
    assert.deepEqual([result, reason?.code], ['not-scanned', 'external-scanner.failed']);
    assert.equal(reason?.params['said'], 'cannot open {file}');
  });

  it('of a program that was ended is no verdict', () => {
    for (const killedBy of ['wall', 'cpu', 'output', 'file-size', 'signal'] as const) {
      const { result, reason } = answerTo('exit-code', { exitCode: 0, killedBy });
      assert.deepEqual([result, reason?.code], ['not-scanned', `external-scanner.killed-${killedBy}`]);
    }
  });
});

describe('lines of JSON', () => {
  it('are findings, the worst first', () => {
    const stdout = [
      '{"verdict":"clean","rule":"header"}',
      '{"verdict":"suspicious","message":"odd"}',
      '{"verdict":"dangerous","rule":"os.system call","message":"runs a program"}',
    ].join('\n');
    const { result, findings } = answerTo('json-lines', { stdout, exitCode: 9 });
    assert.equal(result, 'dangerous');
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [
        ['os.system-call', 'dangerous'],
        ['suspicious', 'suspicious'],
      ],
    );
  });

  it('call a file clean only when all of them can be read, at least one says so, and the program ended well', () => {
    assert.equal(answerTo('json-lines', { stdout: '{"verdict":"clean"}\n' }).result, 'clean');
    for (const words of [
      { stdout: '' },
      { stdout: 'clean' },
      { stdout: '{"verdict":"clean"}\n{"verdict":"fine"}' },
      { stdout: '{"verdict":"clean"}\nTraceback' },
      { stdout: '{"verdict":"clean"}', exitCode: 1 },
      { stdout: '{"verdict":"clean"}', killedBy: 'wall' as const },
      { stdout: 'null' },
    ]) {
      assert.equal(answerTo('json-lines', words).result, 'not-scanned', JSON.stringify(words));
    }
  });

  it('count as far as they came when the program was ended', () => {
    const stdout = '{"verdict":"dangerous","message":"bad"}\n{"verdict":"susp';
    const { result, findings } = answerTo('json-lines', { stdout, killedBy: 'output' });
    assert.deepEqual([result, findings.length], ['dangerous', 1]);
  });
});
