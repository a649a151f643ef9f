/** The service file of `deploy/systemd`, judged by systemd itself. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { unlessInstalled } from '#stand-ins/child-server';

const run = promisify(execFile);
const program = ['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].find((path) => existsSync(path));
const skip = unlessInstalled('systemd', program);

describe('the files of deploy/', { skip }, () => {
  let folder: string;
  let unit: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-unit-'));
    unit = join(folder, 'kura.service');
    const text = await readFile(new URL('../../deploy/systemd/kura.service', import.meta.url), 'utf8');
    assert.match(text, /^ExecStart=\/opt\/kura\/bin\/kura serve$/m);
    // Nothing is installed there, and systemd looks whether the program exists.
    await writeFile(unit, text.replace('/opt/kura/bin/kura serve', '/bin/true'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are understood by systemd, word for word', async () => {
    const { stderr } = await run(program ?? '', ['verify', '--man=no', unit]);
    assert.doesNotMatch(stderr, /kura\.service/);
  });

  it('holds the service of systemd to what it needs', async () => {
    // Exposure from 0 (safe) to 100: this file has 29, a service without any of it 96.
    await run(program ?? '', ['security', '--offline=yes', '--threshold=35', unit]);
  });
});
