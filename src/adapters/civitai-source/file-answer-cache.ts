/**
 * Answers of the site as files, one zstd frame each: a line about the answer, then its body. Several processes may use
 * the folder at once: files come by rename, and one that is missing, foreign or damaged is simply not there.
 */
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress as compress, constants, zstdDecompress as decompress } from 'node:zlib';

import { z } from 'zod';

import type { AnswerCache, StoredAnswer } from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import { systemCode } from '#kernel/errors';
import { HOUR, MIB } from '#kernel/units';
import { writeFileAtomic } from '#platform/files';
import type { Logger } from '#platform/log';

export interface FileAnswerCacheOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default 1000. */
  readonly maxEntries?: number;
  /** On disk, default 100 MiB. */
  readonly maxBytes?: number;
}

/** Disposal waits for what is still being written. */
export type FileAnswerCache = AnswerCache & AsyncDisposable;

const zstdCompress = promisify(compress);
const zstdDecompress = promisify(decompress);
const headerSchema = z.object({
  key: z.string(),
  at: z.number(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
});
/** The largest answer that is ever read, with its line. */
const LARGEST_ENTRY = 65 * MIB;
const EXTENSION = '.answer.zst';
/** Trimming goes a little further than it must, so that it is not due again at once. */
const TRIM_TO = 0.9;
/** How many writes may pass before the folder is counted anew: others write into it too. */
const RECOUNT_AFTER = 100;

export function createFileAnswerCache(options: FileAnswerCacheOptions): FileAnswerCache {
  const { folder, clock, logger, maxEntries = 1000, maxBytes = 100 * MIB } = options;
  const pending = new Set<Promise<void>>();
  let counted = { entries: maxEntries, bytes: maxBytes };
  let writesSinceCount = RECOUNT_AFTER;
  let trimming: Promise<void> = Promise.resolve();

  async function keep(path: string, entry: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(path, entry, { mode: 0o600 });
    counted = { entries: counted.entries + 1, bytes: counted.bytes + entry.length };
    writesSinceCount += 1;
    const full = counted.entries > maxEntries || counted.bytes > maxBytes;
    if (!full && writesSinceCount < RECOUNT_AFTER) return;
    trimming = trimming.then(async () => {
      counted = await trimFolder(folder, { maxEntries, maxBytes, nowMs: clock.now() });
      writesSinceCount = 0;
    });
    await trimming;
  }

  function tracked(work: Promise<void>): Promise<void> {
    const settled = work.catch((error: unknown) => logger.warn('civitai.cache-not-written', { error: String(error) }));
    pending.add(settled);
    void settled.then(() => pending.delete(settled));
    return settled;
  }

  return {
    async read(key) {
      const path = join(folder, `${key}${EXTENSION}`);
      try {
        const answer = readEntry(await zstdDecompress(await readFile(path), { maxOutputLength: LARGEST_ENTRY }), key);
        void tracked(touch(path, clock));
        return answer;
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return null;
        logger.warn('civitai.cache-damaged', { path, error: String(error) });
        await rm(path, { force: true }).catch(() => undefined);
        return null;
      }
    },
    async write(key, answer) {
      await tracked(writeEntry(key, answer).then((entry) => keep(join(folder, `${key}${EXTENSION}`), entry)));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pending);
    },
  };
}

async function writeEntry(key: string, { body, ...about }: StoredAnswer): Promise<Uint8Array> {
  // The checksum makes a flipped bit an error instead of another answer.
  const params = { [constants.ZSTD_c_checksumFlag]: 1 };
  return zstdCompress(`${JSON.stringify({ key, ...about })}\n${body}`, { params });
}

function readEntry(entry: Buffer, key: string): StoredAnswer {
  const end = entry.indexOf('\n');
  const { key: written, ...about } = headerSchema.parse(JSON.parse(entry.toString('utf8', 0, end)));
  if (written !== key) throw new Error('the answer of another question');
  return { ...about, body: entry.toString('utf8', end + 1) };
}

/** When it was last of use decides who has to go first. */
async function touch(path: string, clock: Clock): Promise<void> {
  const now = new Date(clock.now());
  await utimes(path, now, now).catch(ignoreMissing);
}

interface Limits {
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly nowMs: number;
}

/** Removes the longest unused until the rest keeps the limits, and what killed processes left; tells what is there. */
async function trimFolder(folder: string, { maxEntries, maxBytes, nowMs }: Limits) {
  const files = await Promise.all((await readdir(folder)).map((name) => fileIn(folder, name)));
  const known = files.filter((file) => file !== null).toSorted((a, b) => b.usedAt - a.usedAt);
  const answers = known.filter(({ path }) => path.endsWith(EXTENSION));
  const left = known.filter(({ path, usedAt }) => path.endsWith('.tmp') && nowMs - usedAt > HOUR);
  const total = answers.reduce((sum, { size }) => sum + size, 0);
  const share = answers.length > maxEntries || total > maxBytes ? TRIM_TO : 1;
  let entries = 0;
  let bytes = 0;
  for (const { path, size } of answers) {
    if (entries + 1 > maxEntries * share || bytes + size > maxBytes * share) {
      await rm(path, { force: true });
    } else {
      entries += 1;
      bytes += size;
    }
  }
  for (const { path } of left) await rm(path, { force: true });
  return { entries, bytes };
}

async function fileIn(folder: string, name: string) {
  const path = join(folder, name);
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, size, usedAt: mtimeMs };
  } catch (error) {
    ignoreMissing(error);
    return null;
  }
}

/** Another process may have removed it meanwhile. */
function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
