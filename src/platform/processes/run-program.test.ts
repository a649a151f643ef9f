import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { findProgram } from './find-program.ts';
import { type ProgramRequest, runProgram } from './run-program.ts';

const never = new AbortController().signal;
const bounds = { folder: '/', wallMs: 60_000, outputBytes: 10_000, environment: {} };

async function shell(script: string, changes: Partial<ProgramRequest> = {}) {
  return runProgram({ ...bounds, program: '/bin/sh', args: ['-c', script], ...changes }, never);
}

/** A zombie that nobody has collected yet is dead. */
function isAlive(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

describe('runProgram', () => {
  it('tells exit code, signal and output', async () => {
    const { exitCode, stdout, stderr, endedBy } = await shell('echo out; echo err >&2; exit 3');
    assert.deepEqual([exitCode, String(stdout), String(stderr), endedBy], [3, 'out\n', 'err\n', undefined]);
    assert.equal((await shell('kill -TERM $$')).signal, 'SIGTERM');
  });

  it('gives the program the environment it was told, and nothing else', async () => {
    const { stdout } = await shell('/usr/bin/env', { environment: { ONE: '1' } });
    const names = String(stdout)
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=')[0]);
    assert.deepEqual(
      names.filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name ?? '')),
      ['ONE'],
    );
  });

  it('passes words on as they are, without a shell between', async () => {
    const args = ['-c', 'printf "%s|" "$@"', 'sh', '$(id)', 'a b', '*', '; exit 9'];
    const { stdout } = await runProgram({ ...bounds, program: '/bin/sh', args }, never);
    assert.equal(String(stdout), '$(id)|a b|*|; exit 9|');
  });

  it('ends what the program has left behind in its group', async () => {
    const { stdout, exitCode } = await shell('sleep 1000 & echo $!');
    assert.equal(exitCode, 0);
    while (isAlive(String(stdout).trim())) await setTimeout(20);
  });

  it('cuts what is too long, and ends who is too slow', async () => {
    const { stdout, endedBy } = await shell('while :; do echo x; done', { outputBytes: 100 });
    assert.deepEqual([stdout.length, endedBy], [100, 'output']);
    assert.equal((await shell('sleep 1000', { wallMs: 50 })).endedBy, 'wall');
  });

  it('survives a program that does not read its input', async () => {
    const { exitCode } = await shell('exit 0', { stdin: Buffer.alloc(1_000_000) });
    assert.equal(exitCode, 0);
  });

  it('says which program could not be started, and why', async () => {
    await assert.rejects(runProgram({ ...bounds, program: '/no/such/program', args: [] }, never), {
      kind: 'unavailable',
      code: 'processes.not-started',
      params: { program: '/no/such/program', reason: 'ENOENT' },
    });
  });
});

it('findProgram looks in the folders of the system only, or takes a whole path', async () => {
  assert.match((await findProgram('sh')) ?? '', /^\/.*\/sh$/);
  assert.equal(await findProgram('/bin/sh'), '/bin/sh');
  assert.equal(await findProgram('no-such-program'), undefined);
  assert.equal(await findProgram('sh', ['/no/such/folder']), undefined);
});
