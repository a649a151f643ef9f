import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readProgram } from './read-program.ts';

const never = new AbortController().signal;

function shell(script: string, onOutput: (line: string) => void = () => undefined) {
  return {
    program: '/bin/sh',
    args: ['-c', script],
    environment: {},
    folder: '/',
    onOutput,
    onComplaint: () => undefined,
  };
}

describe('readProgram', () => {
  it('hears both streams line by line, a last line without its end too, and tells how it ended', async () => {
    const [said, complained] = [new Array<string>(), new Array<string>()];
    const request = {
      ...shell('echo one; echo bad >&2; printf two; exit 3', (line) => said.push(line)),
      onComplaint: (line: string) => complained.push(line),
    };
    assert.deepEqual(await readProgram(request, never), { exitCode: 3, signal: null });
    assert.deepEqual([said, complained], [['one', 'two'], ['bad']]);
  });

  it('gives it what it reads', async () => {
    const said: string[] = [];
    await readProgram({ ...shell('cat', (line) => said.push(line)), stdin: Buffer.from('a\nb') }, never);
    assert.deepEqual(said, ['a', 'b']);
  });

  it('asks a program to stop and lets it tidy up', async () => {
    const stop = new AbortController();
    const said: string[] = [];
    const script = 'trap "echo tidy; exit 130" INT; echo ready; while :; do sleep 0.05; done';
    const request = shell(script, (line) => {
      said.push(line);
      if (line === 'ready') stop.abort();
    });
    const ending = { by: 'SIGINT', graceMs: 60_000 } as const;
    await assert.rejects(readProgram({ ...request, ending }, stop.signal), { name: 'AbortError' });
    assert.deepEqual(said, ['ready', 'tidy']);
  });

  it('ends who does not listen', async () => {
    const stop = new AbortController();
    const request = shell('trap "" INT; echo ready; while :; do sleep 0.05; done', () => stop.abort());
    const ending = { by: 'SIGINT', graceMs: 50 } as const;
    await assert.rejects(readProgram({ ...request, ending }, stop.signal), { name: 'AbortError' });
  });

  it('does not wait for ever for what a program left behind with its pipes open', async () => {
    const end = await readProgram(shell('setsid sleep 5 & echo done'), never);
    assert.equal(end.exitCode, 0);
  });
});
