/** Recognises a file in its line of the list without taking the line apart: nearly all lines of an unchanged tree are passed over so. */
import type { BigIntStats } from 'node:fs';

import { sha256 } from '#kernel/brands';

import { blobId } from '../format/blob.ts';
import type { ParentLine } from './parent-lines.ts';
import type { ChunkRef, FileEntry } from './tree-entry.ts';

export type UnchangedFacts = Pick<BigIntStats, 'mode' | 'uid' | 'gid' | 'size' | 'mtimeNs' | 'ctimeNs' | 'ino'>;

/** One chunk of a line, and the comma to the next. */
const oneChunk = /\["([0-9a-f]{64})",(\d{1,15})\](,?)/y;
const wholeHash = /([0-9a-f]{64})","chunks":\[/y;

/**
 * The entry of a whole file without attributes, when the line says just these facts of it in the way `encodeEntry` writes them;
 * undefined for everything else, which `decodeEntry` may still understand.
 */
export function unchangedFile({ path, line, pathEnd }: ParentLine, facts: UnchangedFacts): FileEntry | undefined {
  if (pathEnd === undefined || !line.startsWith('{"type":"file",')) return undefined;
  const { size, mtimeNs, ctimeNs, ino } = facts;
  const [mode, uid, gid] = [Number(facts.mode) & 0o7777, Number(facts.uid), Number(facts.gid)];
  const before = `,"mode":${mode},"uid":${uid},"gid":${gid},"mtimeNs":"${mtimeNs}","size":${size},"sha256":"`;
  if (!line.startsWith(before, pathEnd)) return undefined;
  wholeHash.lastIndex = pathEnd + before.length;
  const hash = wholeHash.exec(line)?.[1];
  if (hash === undefined) return undefined;
  const { chunks, end } = chunksFrom(line, wholeHash.lastIndex);
  const after = `],"ctimeNs":"${ctimeNs}","inode":"${ino}"`;
  const sparse = line.endsWith(',"sparse":true}');
  if (end === undefined || line.slice(end) !== `${after}${sparse ? ',"sparse":true}' : '}'}`) return undefined;
  const content = { size: Number(size), sha256: sha256(hash), chunks };
  return { type: 'file', path, mode, uid, gid, mtimeNs, ...content, ctimeNs, inode: ino, sparse, torn: false };
}

/** The chunks that begin at `start`, and where they end; no end where a comma promises one more than there is. */
function chunksFrom(line: string, start: number): { readonly chunks: readonly ChunkRef[]; readonly end?: number } {
  const chunks: ChunkRef[] = [];
  let end = start;
  let comma = '';
  oneChunk.lastIndex = start;
  for (let found = oneChunk.exec(line); found !== null; found = oneChunk.exec(line)) {
    chunks.push({ id: blobId(found[1] ?? ''), storedBytes: Number(found[2]) });
    end = oneChunk.lastIndex;
    comma = found[3] ?? '';
  }
  return comma === '' ? { chunks, end } : { chunks };
}
