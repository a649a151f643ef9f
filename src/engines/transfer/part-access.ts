/** The right to write a target's part: in this process from the start, among processes once it is on the disk. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '#kernel/clock';
import { KuraError, systemCode, toKuraError } from '#kernel/errors';

import { lockPath } from './clear-leftovers.ts';
import { lockPart } from './part-lock.ts';

/** Parts that transfers of this process are at. */
const underWay = new Set<string>();

export class PartAccess implements AsyncDisposable {
  readonly #partPath: string;
  readonly #clock: Clock;
  #lock: AsyncDisposable | undefined;

  /** @throws KuraError `transfer.busy` when another transfer of this process has it. */
  constructor(partPath: string, clock: Clock) {
    if (underWay.has(partPath)) {
      throw new KuraError('conflict', 'transfer.busy', { params: { path: lockPath(partPath) } });
    }
    underWay.add(partPath);
    this.#partPath = partPath;
    this.#clock = clock;
  }

  get isLocked(): boolean {
    return this.#lock !== undefined;
  }

  /** Makes the folder and keeps other processes away. @throws KuraError `transfer.busy`, `transfer.not-a-folder` */
  async lock(): Promise<void> {
    if (this.#lock) return;
    await makeFolder(dirname(this.#partPath));
    try {
      this.#lock = await lockPart(lockPath(this.#partPath), this.#clock);
    } catch (error) {
      throw toKuraError(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const lock = this.#lock;
    this.#lock = undefined;
    await lock?.[Symbol.asyncDispose]();
    underWay.delete(this.#partPath);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw unlessNoFolder(error, path);
  }
}

/** Something that is no folder stands where one is wanted. */
export function unlessNoFolder(error: unknown, path: string): KuraError {
  if (!['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '')) return toKuraError(error);
  return new KuraError('conflict', 'transfer.not-a-folder', { params: { path }, cause: error });
}
