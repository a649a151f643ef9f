/** One line of a snapshot's file list: what a path was when it was read. */
import { z } from 'zod';

import { type Sha256, sha256 } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

import type { ExtendedAttribute } from '../file-system/extended-attributes.ts';
import { type BlobId, blobId } from '../format/blob.ts';
import { type BytePath, decodeBytes, encodeBytes } from '../format/byte-path.ts';

export interface ChunkRef {
  readonly id: BlobId;
  /** Length as stored, so that a truncated object is noticed without reading it. */
  readonly storedBytes: number;
}

/** Content that was cut into chunks: all chunks of the repository's chunk length, the last one shorter. */
export interface Content {
  readonly size: number;
  readonly sha256: Sha256;
  readonly chunks: readonly ChunkRef[];
}

export interface EntryFacts {
  readonly path: BytePath;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Nanoseconds since the Unix epoch. */
  readonly mtimeNs: bigint;
  /** Extended attributes, POSIX ACLs among them; of a file with several names only at the first. */
  readonly attributes?: readonly ExtendedAttribute[] | undefined;
}

export interface FileEntry extends EntryFacts, Content {
  readonly type: 'file';
  readonly ctimeNs: bigint;
  readonly inode: bigint;
  /** The source occupied less space than its size: restored with holes. */
  readonly sparse: boolean;
  /** It changed while it was read, each time: the content may mix two states. */
  readonly torn: boolean;
}

export type TreeEntry =
  | FileEntry
  | (EntryFacts & { readonly type: 'directory' })
  | (EntryFacts & { readonly type: 'symlink'; readonly target: Buffer })
  /** Another name of the file at `target`, an earlier path of the same list. */
  | (EntryFacts & { readonly type: 'hardlink'; readonly target: BytePath });

const id = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().nonnegative();
export const contentSchema = z.object({ size, sha256: id, chunks: z.array(z.tuple([id, size])) });

const facts = {
  path: z.string().optional(),
  pathBase64: z.base64().optional(),
  mode: z.int().min(0).max(0o7777),
  uid: z.int(),
  gid: z.int(),
  mtimeNs: z.string().regex(/^-?\d+$/),
  attributes: z
    .array(z.object({ name: z.string().optional(), nameBase64: z.base64().optional(), value: z.base64() }))
    .optional(),
};
const target = { target: z.string().optional(), targetBase64: z.base64().optional() };

const lineSchema = z.discriminatedUnion('type', [
  z.object({
    ...facts,
    type: z.literal('file'),
    ...contentSchema.shape,
    ctimeNs: z.string().regex(/^-?\d+$/),
    inode: z.string().regex(/^\d+$/),
    sparse: z.literal(true).optional(),
    torn: z.literal(true).optional(),
  }),
  z.object({ ...facts, type: z.literal('directory') }),
  z.object({ ...facts, ...target, type: z.literal('symlink') }),
  z.object({ ...facts, ...target, type: z.literal('hardlink') }),
]);

export function encodeEntry(entry: TreeEntry): string {
  return JSON.stringify({
    type: entry.type,
    ...encodeBytes('path', entry.path),
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    mtimeNs: String(entry.mtimeNs),
    ...encodeAttributes(entry.attributes),
    ...particulars(entry),
  });
}

/** @throws KuraError mismatch `vault.list-damaged`. */
export function decodeEntry(line: string): TreeEntry {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) throw new KuraError('mismatch', 'vault.list-damaged', { cause: parsed.error });
  const { data } = parsed;
  const shared = {
    path: decodeBytes(data.path, data.pathBase64),
    mode: data.mode,
    uid: data.uid,
    gid: data.gid,
    mtimeNs: BigInt(data.mtimeNs),
    ...(data.attributes === undefined ? {} : { attributes: data.attributes.map(decodeAttribute) }),
  };
  if (data.type === 'directory') return { ...shared, type: data.type };
  if (data.type !== 'file') return { ...shared, type: data.type, target: decodeBytes(data.target, data.targetBase64) };
  return {
    ...shared,
    type: 'file',
    ...decodeContent(data),
    ctimeNs: BigInt(data.ctimeNs),
    inode: BigInt(data.inode),
    sparse: data.sparse ?? false,
    torn: data.torn ?? false,
  };
}

export function encodeContent(content: Content) {
  return {
    size: content.size,
    sha256: content.sha256,
    chunks: content.chunks.map((chunk) => [chunk.id, chunk.storedBytes] as const),
  };
}

export function decodeContent(data: z.infer<typeof contentSchema>): Content {
  return {
    size: data.size,
    sha256: sha256(data.sha256),
    chunks: data.chunks.map(([chunk, storedBytes]) => ({ id: blobId(chunk), storedBytes })),
  };
}

function particulars(entry: TreeEntry): object {
  if (entry.type === 'directory') return {};
  if (entry.type !== 'file') return encodeBytes('target', entry.target);
  return {
    ...encodeContent(entry),
    ctimeNs: String(entry.ctimeNs),
    inode: String(entry.inode),
    ...(entry.sparse ? { sparse: true } : {}),
    ...(entry.torn ? { torn: true } : {}),
  };
}

function encodeAttributes(attributes: readonly ExtendedAttribute[] | undefined): object {
  if (attributes === undefined || attributes.length === 0) return {};
  return {
    attributes: attributes.map(({ name, value }) => ({
      ...encodeBytes('name', name),
      value: value.toString('base64'),
    })),
  };
}

function decodeAttribute(data: {
  readonly name?: string | undefined;
  readonly nameBase64?: string | undefined;
  readonly value: string;
}): ExtendedAttribute {
  return { name: decodeBytes(data.name, data.nameBase64), value: Buffer.from(data.value, 'base64') };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
