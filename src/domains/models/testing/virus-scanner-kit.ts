/** What every `VirusScanner` must do, whatever stands behind it. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { VirusScanner } from '../ports.ts';

export interface VirusScannerUnderTest extends AsyncDisposable {
  readonly scanner: VirusScanner;
  /** Something it finds, and the name it gives it. */
  readonly virus: { readonly content: string; readonly signature: string };
}

const never = new AbortController().signal;

export function virusScannerContract(
  name: string,
  open: () => Promise<VirusScannerUnderTest>,
  { skip = false }: { readonly skip?: string | false } = {},
): void {
  describe(`${name} as a virus scanner`, { skip }, () => {
    let folder = '';
    let tested: VirusScannerUnderTest;

    async function file(fileName: string, content: string | Buffer): Promise<string> {
      const path = join(folder, fileName);
      await writeFile(path, content);
      return path;
    }

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kura-virus-'));
      tested = await open();
    });
    after(async () => {
      await tested[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    });

    it('calls clean what holds nothing, and says who says so', async () => {
      for (const content of ['', 'weights', Buffer.alloc(700_000, 1)]) {
        const scan = await tested.scanner.scan(await file('clean.bin', content), never);
        assert.deepEqual([scan.result, scan.signature, scan.reason], ['clean', null, null]);
        assert.deepEqual(scan.engine, await tested.scanner.state(never));
      }
    });

    it('names what it finds, and leaves the file as it is', async () => {
      const path = await file('infected.bin', tested.virus.content);
      const scan = await tested.scanner.scan(path, never);
      assert.deepEqual([scan.result, scan.signature, scan.reason], ['infected', tested.virus.signature, null]);
      assert.equal(await readFile(path, 'utf8'), tested.virus.content);
    });

    it('keeps scans at the same time apart', async () => {
      const clean = await file('one.bin', Buffer.alloc(600_000, 2));
      const infected = await file('two.bin', tested.virus.content);
      const results = await Promise.all(
        [clean, infected, clean, infected].map(async (path) => (await tested.scanner.scan(path, never)).result),
      );
      assert.deepEqual(results, ['clean', 'infected', 'clean', 'infected']);
    });

    it('does not call clean what it cannot read', async () => {
      const scan = await tested.scanner.scan(join(folder, 'missing.bin'), never);
      assert.equal(scan.result, 'not-scanned');
      assert.notEqual(scan.reason, null);
    });

    it('stops when it is told to', async () => {
      const path = await file('stopped.bin', 'x');
      const reason = new Error('enough');
      await assert.rejects(tested.scanner.scan(path, AbortSignal.abort(reason)), reason);
    });
  });
}
