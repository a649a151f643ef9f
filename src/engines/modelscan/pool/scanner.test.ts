import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { goodSafetensors } from '../testing/model-writer.ts';
import { assemble, maliciousPickle, proto } from '../testing/pickle-assembler.ts';
import { createScanner } from './scanner.ts';

/** Something malicious, then millions of opcodes. */
function busyPickle(): Buffer {
  return assemble(maliciousPickle(), proto(2), Buffer.alloc(18_000_000, '(1', 'latin1'), 'N.');
}

describe('a scanner', () => {
  let folder = '';
  let good = '';
  let bad = '';
  let busy = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelscan-'));
    good = join(folder, 'good.safetensors');
    bad = join(folder, 'bad.pt');
    busy = join(folder, 'busy.pt');
    await writeFile(good, goodSafetensors());
    await writeFile(bad, maliciousPickle());
    await writeFile(busy, busyPickle());
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('scans many files on few threads, each with its own verdict', async () => {
    await using scanner = createScanner({ size: 2 });
    const reports = await Promise.all([good, bad, good, bad, good].map((path) => scanner.scan(path)));
    assert.deepEqual(
      reports.map(({ verdict }) => verdict),
      ['clean', 'dangerous', 'clean', 'dangerous', 'clean'],
    );
    assert.deepEqual(
      reports.map(({ path }) => path),
      [good, bad, good, bad, good],
    );
  });

  it('takes the names it is told, not the one on disk', async () => {
    await using scanner = createScanner();
    assert.equal((await scanner.scan(good, { names: ['final.pt'] })).verdict, 'suspicious');
  });

  it('ends a scan at its CPU limit and keeps what was found', async () => {
    await using scanner = createScanner({ limits: { cpuMs: 20 } });
    const report = await scanner.scan(busy);
    assert.equal(report.verdict, 'dangerous');
    assert.ok(report.findings.some(({ rule }) => rule === 'scan-time'));
    assert.ok(report.findings.some(({ rule }) => rule === 'pickle-import-process'));
  });

  it('ends a scan that needs too much memory and goes on with the next', async () => {
    const path = join(folder, 'large.pt');
    await writeFile(path, assemble(proto(2), Buffer.alloc(3_000_000, '](', 'latin1'), '.'));
    await using scanner = createScanner({ memoryMb: 16, limits: { pickleStack: 20_000_000 } });
    const report = await scanner.scan(path);
    assert.notEqual(report.verdict, 'clean');
    assert.ok(
      report.findings.some(({ rule }) => rule === 'scan-memory'),
      JSON.stringify(report.findings),
    );
    assert.equal((await scanner.scan(good)).verdict, 'clean');
  });

  it('keeps one that is too much for its thread from taking others along', async () => {
    const path = join(folder, 'among-others.pt');
    await writeFile(path, assemble(proto(2), Buffer.alloc(3_000_000, '](', 'latin1'), '.'));
    await using scanner = createScanner({ memoryMb: 16, limits: { pickleStack: 20_000_000 } });
    const paths = [good, good, bad, path, good, bad, good];
    const reports = await Promise.all(paths.map((each) => scanner.scan(each)));
    assert.deepEqual(
      reports.map(({ verdict }) => verdict),
      ['clean', 'clean', 'dangerous', 'suspicious', 'clean', 'dangerous', 'clean'],
    );
    assert.ok(reports[3]?.findings.some(({ rule }) => rule === 'scan-memory'));
  });

  it('stops all that it was told to stop, and works on', async () => {
    await using scanner = createScanner();
    const controller = new AbortController();
    const scans = [busy, busy, good].map((path) => scanner.scan(path, { signal: controller.signal }));
    controller.abort(new Error('enough'));
    for (const scan of await Promise.allSettled(scans)) assert.equal(scan.status, 'rejected');
    assert.equal((await scanner.scan(good)).verdict, 'clean');
  });

  it('stops when it is told to, and works on', async () => {
    await using scanner = createScanner();
    const controller = new AbortController();
    const scan = scanner.scan(busy, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await assert.rejects(scan, { message: 'enough' });
    assert.equal((await scanner.scan(good)).verdict, 'clean');
  });

  it('refuses work once it is closed', async () => {
    const scanner = createScanner();
    await scanner[Symbol.asyncDispose]();
    await assert.rejects(scanner.scan(good), { code: 'modelscan.closed' });
  });

  it('calls a file that is not there unscanned', async () => {
    await using scanner = createScanner();
    assert.equal((await scanner.scan(join(folder, 'none'))).verdict, 'unscanned');
  });
});
