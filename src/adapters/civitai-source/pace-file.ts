/** What the pace learned, kept between runs: a host that asked for quiet is left alone by the next command too. */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import type { PaceSnapshot } from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import { systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { writeFileAtomic } from '#platform/files';
import type { Logger } from '#platform/log';

export interface PaceFile extends AsyncDisposable {
  readonly restored: PaceSnapshot;
  /** Something changed: it is written within five seconds, and at disposal. */
  changed(snapshot: () => PaceSnapshot): void;
}

export interface PaceFileOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

const WRITE_AFTER_MS = 5 * SECOND;
const schema = z.record(
  z.string(),
  z.object({
    perSecond: z.number().positive().nullable(),
    opensAt: z.number(),
    quietUntil: z.number(),
  }),
);

export async function openPaceFile({ path, clock, logger }: PaceFileOptions): Promise<PaceFile> {
  let latest: (() => PaceSnapshot) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let written = '{}';
  let writing: Promise<void> = Promise.resolve();

  function write(): void {
    const snapshot = latest;
    timer = undefined;
    latest = undefined;
    if (snapshot === undefined) return;
    const text = JSON.stringify(worthKeeping(snapshot(), clock.now()));
    if (text === written) return;
    written = text;
    writing = writing
      .then(() => writeFileAtomic(path, text, { mode: 0o600 }))
      .catch((error: unknown) => logger.warn('civitai.pace-not-written', { path, error: String(error) }));
  }

  const restored = await readSnapshot(path, logger);
  written = JSON.stringify(restored);
  return {
    restored,
    changed(snapshot) {
      latest = snapshot;
      timer ??= setTimeout(write, WRITE_AFTER_MS).unref();
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      write();
      await writing;
    },
  };
}

async function readSnapshot(path: string, logger: Logger): Promise<PaceSnapshot> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') logger.warn('civitai.pace-damaged', { path, error: String(error) });
    return {};
  }
}

/** A host about which nothing is left to know is forgotten. */
function worthKeeping(snapshot: PaceSnapshot, now: number): PaceSnapshot {
  return Object.fromEntries(
    Object.entries(snapshot).filter(
      ([, host]) => host.perSecond !== null || host.opensAt > now || host.quietUntil > now,
    ),
  );
}
