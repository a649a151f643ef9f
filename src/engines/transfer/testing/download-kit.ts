/** What every test of a download needs: a folder that goes away, quick retries, and a look at what was left behind. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '#kernel/clock';

import { downloadFile } from '../download-file.ts';
import type { StagedFile } from '../staged-file.ts';
import type { SourceAddress, TransferDeps, TransferRequest } from '../transfer-request.ts';

export interface DownloadKit extends AsyncDisposable {
  readonly folder: string;
  readonly target: string;
  /** Downloads to `target` with short waits; `url` or a whole source. */
  download(
    source: string | TransferRequest['source'],
    request?: Partial<TransferRequest>,
    deps?: Partial<TransferDeps>,
  ): Promise<StagedFile>;
  /** Names in the folder, sorted. */
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Buffer>;
}

const quick = { baseMs: 1, capMs: 5 } as const;

export async function createDownloadKit(name = 'model.bin'): Promise<DownloadKit> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-transfer-'));
  const target = join(folder, name);
  return {
    folder,
    target,
    download(source, request = {}, deps = {}) {
      const address: SourceAddress | TransferRequest['source'] = typeof source === 'string' ? { url: source } : source;
      return downloadFile(
        { source: address, target, retry: quick, hashes: [], connections: 4, ...request },
        { clock: systemClock, random: systemRandom, ...deps },
      );
    },
    names: async () => (await readdir(folder)).sort(),
    read: (file) => readFile(join(folder, file)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes that are nowhere the same, so that any mix-up shows. */
export function randomFile(size: number): Buffer {
  return randomBytes(size);
}
