import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { systemClock, systemRandom } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { fileCommands } from '#models';
import type { RunOptions } from '#platform/cli/testing';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';

describe('kura scan', () => {
  let folder = '';
  let simulator: CivitaiSimulator;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-scan-'));
    simulator = await startCivitaiSimulator();
    await put('embedding', 'good', 'small.safetensors');
    await put('embeddingPickle', 'good', '埋め込み.pt');
    await put('maliciousPickle', 'bad', 'evil.ckpt');
    await put('embedding', 'links', 'small.safetensors');
    await symlink(join(folder, 'bad', 'evil.ckpt'), join(folder, 'links', 'evil.ckpt'));
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function put(role: KnownRole, ...names: string[]): Promise<void> {
    const path = join(folder, ...names);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, simulator.bytesOf(simulator.catalogue.known[role].fileId));
  }

  it('prints one line per file below the paths, in order, and ends with 4 when one is dangerous', async () => {
    const run = await scan(['--json', join(folder, 'good'), join(folder, 'bad')]);
    assert.equal(run.code, 4, run.stderr);
    assert.deepEqual(
      run.events.map(({ path, verdict }) => [path, verdict]),
      [
        [join(folder, 'good', 'small.safetensors'), 'clean'],
        [join(folder, 'good', '埋め込み.pt'), 'clean'],
        [join(folder, 'bad', 'evil.ckpt'), 'dangerous'],
      ],
    );
    const evil = run.events.at(-1) ?? {};
    assert.deepEqual(Object.keys(evil), ['path', 'format', 'verdict', 'findings', 'bytesRead', 'ms']);
    assert.ok(Number(evil['bytesRead']) > 0);
    const [finding] = evil['findings'] as [Record<string, unknown>];
    assert.deepEqual(Object.keys(finding), ['rule', 'severity', 'message', 'location']);
    assert.match(String(finding['message']), /Loading this file would/);
  });

  it('ends with 0 when nothing is dangerous', async () => {
    assert.equal((await scan(['--json', join(folder, 'good')])).code, 0);
  });

  it('says what it did not scan: links are not followed and are no failure', async () => {
    const run = await scan(['--json', join(folder, 'links')]);
    assert.equal(run.code, 0);
    const [link] = run.events;
    assert.equal(link?.['verdict'], 'unscanned');
    assert.match(JSON.stringify(link['findings']), /"rule":"scan-passed-over","message":"A link; /);
    assert.equal((await scan(['--json', join(folder, 'links', 'evil.ckpt')])).code, 4);
  });

  it('a path that cannot be read is unscanned with its reason; the others are scanned', async () => {
    const missing = join(folder, 'missing.pt');
    const run = await scan(['--json', missing, join(folder, 'good')]);
    assert.equal(run.code, 3);
    assert.deepEqual(run.events[0], {
      path: missing,
      format: 'unknown',
      verdict: 'unscanned',
      findings: [{ rule: 'scan-unreadable', message: `There is nothing at ${missing}.`, severity: 'suspicious' }],
      bytesRead: 0,
      ms: 0,
    });
    assert.equal(run.events.length, 3);
    assert.equal((await scan(['--json', missing])).code, 1);
    assert.equal((await scan(['--json', missing, join(folder, 'bad')])).code, 4);
  });

  it('shows people the worst first, with what it means and what to do', async () => {
    const { stdout, code } = await scan([folder], { language: 'ja' });
    assert.equal(code, 4);
    const places = [
      '危険: ',
      join(folder, 'bad', 'evil.ckpt'),
      '→ 読み込まないでください',
      '検査していないもの:',
      '問題なし: ',
    ];
    const positions = places.map((text) => stdout.indexOf(text));
    assert.ok(!positions.includes(-1), stdout);
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.match(stdout, /5 ファイル、.*: 危険 1, 未検査 1, 問題なし 3。\n$/);
  });

  it('finds what the site serves under an innocent name', async () => {
    const { fileId } = simulator.catalogue.known.maliciousPickleUnflagged;
    const path = join(folder, 'innocent.safetensors');
    await writeFile(path, simulator.bytesOf(fileId));
    assert.equal((await scan(['--json', path])).code, 4);
    await rm(path);
  });

  it('ends with 130 when it is interrupted', async () => {
    const signal = AbortSignal.abort(new KuraError('interrupted', 'kernel.interrupted'));
    assert.equal((await scan(['--json', folder], { signal })).code, 130);
  });
});

function scan(words: readonly string[], options: RunOptions<unknown> = {}) {
  return runCommand(fileCommands({ clock: systemClock, random: systemRandom }), ['scan', ...words], options);
}
