import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runCommand } from './run-command.ts';

function shell(script: string, onLine: (line: string) => void = () => undefined) {
  return { words: ['/bin/sh', '-c', script], environment: { PATH: '/usr/bin:/bin' }, folder: '/', onLine };
}

const never = new AbortController().signal;

describe('runCommand', () => {
  it('ends with the command, not with what the command left behind holding its output', {
    timeout: 60_000,
  }, async () => {
    const began = performance.now();
    const end = await runCommand(shell('setsid sleep 120 & echo started; exit 3'), never);
    assert.deepEqual([end.exitCode, end.log, end.output], [3, 'started\n', 'started\n']);
    assert.ok(performance.now() - began < 60_000);
  });

  it('tells how a command ended that was asked to stop', async () => {
    const stop = new AbortController();
    const script = 'trap "echo tidy; exit 130" INT; echo ready; while :; do sleep 0.05; done';
    const end = await runCommand(
      shell(script, (line) => {
        if (line === 'ready') stop.abort();
      }),
      stop.signal,
    );
    assert.deepEqual([end.exitCode, end.log], [130, 'ready\ntidy\n']);
  });

  it('keeps the end of a line without an end', async () => {
    const end = await runCommand(shell('head -c 300000 /dev/zero | tr "\\0" x; printf end'), never);
    assert.equal(end.log.length, 65_536);
    assert.match(end.log, /xend\n$/);
  });
});
