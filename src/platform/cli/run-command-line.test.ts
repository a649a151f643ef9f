import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { createTranslators } from '#platform/i18n';

import { cliMessages, defineCommand, runCommandLine, table } from './index.ts';

const texts = {
  'cli.greet': 'Greets',
  'cli.greet.hello': 'Says hello',
  'cli.greet.hello.name': 'whom',
  'cli.greet.hello.times': 'how often',
  'cli.greet.hello.tag': 'a tag',
  'cli.fail': 'Fails',
  'x.bad': 'Bad {what}.',
  'x.bad.advice': 'Try good.',
};
const translators = createTranslators([
  cliMessages,
  { en: texts, ja: { ...texts, 'x.bad': '{what} が壊れています。' } },
]);

const hello = defineCommand<string>()({
  words: ['greet', 'hello'],
  arguments: [{ name: 'name', required: true, variadic: true }],
  options: [{ flags: '--times <n>' }, { flags: '--tag <tag...>' }],
  input: z.strictObject({
    name: z.array(z.string()),
    tag: z.array(z.string()).default([]),
    times: z.coerce.number().int().min(1).default(1),
  }),
  run: async (input, { out, open }) => {
    const greeting = await open();
    out.result({ greeting, ...input }, () => `${greeting} ${input.name.join(' ')}`);
    return undefined;
  },
});
const fail = defineCommand<string>()({
  words: ['fail'],
  output: 'ndjson',
  input: z.strictObject({}),
  run: async () => {
    throw new KuraError('mismatch', 'x.bad', { params: { what: 'hash' } });
  },
});

async function run(argv: readonly string[], language: Language = 'en') {
  const printed = { stdout: '', stderr: '', closed: 0, logged: '' };
  function sink(name: 'stdout' | 'stderr') {
    return new Writable({
      write(chunk, _encoding, done) {
        printed[name] += String(chunk);
        done();
      },
    });
  }
  const code = await runCommandLine({
    argv,
    version: '1.2.3',
    commands: [hello, fail],
    translators,
    language,
    streams: { stdout: sink('stdout'), stderr: sink('stderr') },
    now: () => 0,
    signal: new AbortController().signal,
    connect: () => ({
      open: async () => 'Hello',
      call: async () => {
        throw new Error('not used here');
      },
      logError: (error) => {
        printed.logged += error.code;
      },
      [Symbol.asyncDispose]: async () => {
        printed.closed += 1;
      },
    }),
  });
  return { code, ...printed };
}

describe('runCommandLine', () => {
  it('prints one JSON document and nothing else with --json, wherever the flag stands', async () => {
    for (const argv of [
      ['--json', 'greet', 'hello', 'a', 'b', '--times', '2'],
      ['greet', 'hello', 'a', 'b', '--times', '2', '--json'],
    ]) {
      const result = await run(argv);
      assert.deepEqual(JSON.parse(result.stdout), { greeting: 'Hello', name: ['a', 'b'], tag: [], times: 2 });
      assert.equal(result.stderr, '');
      assert.equal(result.code, 0);
      assert.equal(result.closed, 1);
    }
  });

  it('collects repeated options without swallowing the arguments after them', async () => {
    const result = await run(['greet', 'hello', '--tag', 'x', '--tag', 'y', 'you', '--json']);
    assert.deepEqual(JSON.parse(result.stdout), { greeting: 'Hello', name: ['you'], tag: ['x', 'y'], times: 1 });
  });

  it('prints for people otherwise', async () => {
    assert.equal((await run(['greet', 'hello', 'you'])).stdout, 'Hello you\n');
  });

  it('answers unknown options and commands with a suggestion and exit code 2, in the language asked for', async () => {
    const option = await run(['greet', 'hello', 'x', '--tims', '2']);
    assert.equal(option.code, 2);
    assert.match(option.stderr, /There is no option --tims\./);
    assert.match(option.stderr, /Did you mean --times\?/);
    const command = await run(['gret', '--lang', 'ja']);
    assert.equal(command.code, 2);
    assert.match(command.stderr, /gret というコマンドはありません/);
    assert.match(command.stderr, /もしかして: greet/);
  });

  it('refuses values the schema refuses, with exit code 2', async () => {
    const result = await run(['greet', 'hello', 'x', '--times', '0']);
    assert.equal(result.code, 2);
    assert.match(result.stderr, /times/);
  });

  it('tells an error with advice, code and id; logs it; exits by its kind; ends NDJSON with an error event', async () => {
    const result = await run(['fail', '--json', '--lang', 'ja']);
    assert.equal(result.code, 5);
    assert.match(result.stderr, /✖ hash が壊れています。\n {2}Try good\.\n {2}\[x\.bad [0-9a-f]{8}\]/);
    const event = JSON.parse(result.stdout);
    assert.equal(event.event, 'error');
    assert.equal(event.code, 'x.bad');
    assert.equal(result.logged, 'x.bad');
  });

  it('refuses --server for commands that work on local files', async () => {
    const result = await run(['fail', '--server', 'http://127.0.0.1:1']);
    assert.equal(result.code, 2);
    assert.match(result.stderr, /cannot run with --server/);
  });

  it('shows help in Japanese with exit code 0, and the version', async () => {
    const help = await run(['greet', 'hello', '--help', '--lang', 'ja']);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /使い方/);
    assert.equal((await run(['--version'])).stdout.trim(), '1.2.3');
  });
});

describe('table', () => {
  it('aligns columns by display cells', () => {
    assert.equal(
      table([
        ['障害', 'a'],
        ['x', 'b'],
      ]),
      '障害  a\nx     b',
    );
  });
});
