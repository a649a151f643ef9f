/** A volume of its own in memory, small, for what only a real full or read-only disk shows; needs root. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PAGE = 4096;

export interface SmallVolume extends AsyncDisposable {
  readonly path: string;
  resize(sizeBytes: number): Promise<void>;
  makeReadOnly(): Promise<void>;
  /** As a disk that is pulled out: the empty folder it was mounted on is left. */
  detach(): Promise<void>;
}

/**
 * Undefined where it cannot be mounted.
 * @throws Error under `CI=true`: a check that silently skips there would be no check.
 */
export async function mountSmallVolume(sizeBytes: number): Promise<SmallVolume | undefined> {
  const path = await mkdtemp(join(tmpdir(), 'kura-small-volume-'));
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', sizeOption(sizeBytes), 'kura-small', path]).then(
    () => true,
    () => false,
  );
  if (!isMounted) {
    await rm(path, { recursive: true });
    if (process.env['CI'] === 'true') throw new Error('a small volume needs root and mount');
    return undefined;
  }
  let isThere = true;
  async function detach(): Promise<void> {
    if (isThere) await run('umount', ['--lazy', path]);
    isThere = false;
  }
  return {
    path,
    async resize(size) {
      await run('mount', ['-o', `remount,${sizeOption(size)}`, path]);
    },
    async makeReadOnly() {
      await run('mount', ['-o', 'remount,ro', path]);
    },
    detach,
    async [Symbol.asyncDispose]() {
      await detach();
      await rm(path, { recursive: true });
    },
  };
}

function sizeOption(sizeBytes: number): string {
  return `size=${Math.floor(sizeBytes / PAGE) * PAGE}`;
}
