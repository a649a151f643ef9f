/**
 * `NAME.part.json`: what is known about `NAME.part`. It may claim less than the part holds, never more – bytes are
 * fsynced before it names them – and it holds no secret: no query string, no header, no user name.
 */
import { open, readFile, rename } from 'node:fs/promises';
import * as z from 'zod';
import { systemCode } from '#kernel/errors';

import { removeFile } from './remove-file.ts';

const hex = z.string().regex(/^[0-9a-fA-F]+$/);
const range = z.tuple([z.int().nonnegative(), z.int().positive()]);

const journalSchema = z.object({
  format: z.literal('kura-part'),
  /** 1 had no block log. */
  version: z.literal([1, 2]),
  /** Scheme, host and path of the address asked for. */
  origin: z.string(),
  totalBytes: z.int().nonnegative().optional(),
  validators: z.object({ etag: z.string().optional(), lastModified: z.string().optional() }),
  expected: z.record(z.string(), hex),
  /** Half-open ranges that are on disk. */
  segments: z.array(range),
  /** The log beside the part that belongs to it, and how much of it was durable when this was written. */
  blockLog: z.object({ id: hex, bytes: z.int().nonnegative() }).optional(),
  /** Bytes hashed from 0 on, and the SHA-256 once the whole file has been measured. */
  hash: z.object({ hashedBytes: z.int().nonnegative(), sha256: hex.optional() }),
});

export type Journal = z.infer<typeof journalSchema>;

/** The journal, or undefined when there is none or it is not one of ours: then the part proves nothing. */
export async function readJournal(path: string): Promise<Journal | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = journalSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/**
 * Replaces the journal in one step: a reader finds the old one or the new one, whole. Unsynced, that holds for a process
 * that is killed; a power cut may leave something that is no journal, which proves nothing.
 */
export async function writeJournal(path: string, journal: Journal, isSynced = true): Promise<void> {
  const draft = `${path}.tmp`;
  try {
    await using handle = await open(draft, 'w', 0o600);
    await handle.writeFile(JSON.stringify(journal));
    if (isSynced) await handle.datasync();
  } catch (error) {
    // On a full disk half a journal would only take up room.
    await removeFile(draft);
    throw error;
  }
  await rename(draft, path);
}

export async function removeJournal(path: string): Promise<void> {
  await removeFile(path);
  await removeFile(`${path}.tmp`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
