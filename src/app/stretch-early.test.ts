import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { stretchNewly, usualWorkFactor } from '#kernel/stretch-passphrase';
import { readPassphrase } from '#platform/passphrases';

import { stretchEarly } from './stretch-early.ts';

const passphrase = 'correct horse battery staple';
const prompt = { question: '', signal: new AbortController().signal };

describe('a passphrase given to encrypt', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-stretch-'));
    await writeFile(join(folder, 'passphrase'), `${passphrase}\n`);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Time that processors spent on it, whoever else uses them: its thread of Node's pool counts. */
  async function work(): Promise<number> {
    const began = process.cpuUsage();
    await stretchNewly(passphrase, usualWorkFactor);
    const { user, system } = process.cpuUsage(began);
    return user + system;
  }

  /** Its second stretching is not prepared, so it tells what one takes. */
  async function assertStretched(): Promise<void> {
    const [prepared, anew] = [await work(), await work()];
    assert.ok(prepared < anew / 4, `${prepared} µs prepared, ${anew} µs anew`);
  }

  it('is stretched before the command asks for it, from a file', async () => {
    await stretchEarly(['encrypt', 'x', '--level', 'standard', '--passphrase-file', join(folder, 'passphrase')]);
    await assertStretched();
  });

  it('is stretched so from a descriptor, too, which the command need not read again', async () => {
    const descriptor = openSync(join(folder, 'passphrase'), 'r');
    await stretchEarly(['encrypt', 'x', '--level=maximum', '--passphrase-fd', String(descriptor)]);
    closeSync(descriptor);
    assert.equal(await readPassphrase({ passphraseFd: descriptor }, prompt), passphrase);
    await assert.rejects(readPassphrase({ passphraseFd: descriptor }, prompt), { code: 'passphrases.unreadable' });
    await assertStretched();
  });

  it('is left alone where the level needs none, and what cannot be read is for the command to say', async () => {
    const file = ['--passphrase-file', join(folder, 'none')];
    await stretchEarly(['encrypt', 'x', '--level', 'high', ...file]);
    await stretchEarly(['encrypt', 'x', '--level', 'standard', ...file]);
    const wish = { passphraseFile: join(folder, 'none') };
    await assert.rejects(readPassphrase(wish, prompt), { code: 'passphrases.unreadable' });
  });
});
