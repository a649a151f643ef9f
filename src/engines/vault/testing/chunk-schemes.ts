/** Ways of cutting a file, and what two states of it take in a repository that cuts so. */
import { createHash } from 'node:crypto';

import { KIB, MIB } from '#kernel/units';

import { compressIfItPays } from '../format/compression.ts';
import { createCutter } from '../format/cut-by-content.ts';

export interface ChunkScheme {
  readonly name: string;
  firstChunk(bytes: Uint8Array): number;
}

/** Envelope, tags, directory of the pack and the line in the file list. */
const OVERHEAD_BYTES = 200;

export const chunkSchemes: readonly ChunkScheme[] = [
  fixed('fixed 16 MiB', 16 * MIB),
  fixed('fixed 1 MiB', MIB),
  fixed('fixed 256 KiB', 256 * KIB),
  byContent('content, 1 MiB', MIB),
  byContent('content, 512 KiB', 512 * KIB),
  byContent('content, 256 KiB', 256 * KIB),
  byContent('content, 128 KiB', 128 * KIB),
  byContent('content, 64 KiB', 64 * KIB),
];

export interface SchemeFigures {
  readonly chunks: number;
  readonly storedBytes: number;
  readonly newBytes: number;
  /** Cutting and compressing the first state. */
  readonly cpuSecondsPerGb: number;
}

export function measureScheme(scheme: ChunkScheme, [before, after]: readonly [Buffer, Buffer]): SchemeFigures {
  const known = new Set<string>();
  const started = process.cpuUsage();
  const first = store(scheme, before, known);
  const { user, system } = process.cpuUsage(started);
  const second = store(scheme, after, known);
  return {
    chunks: first.chunks,
    storedBytes: first.bytes,
    newBytes: second.bytes,
    cpuSecondsPerGb: (user + system) / 1e6 / (before.byteLength / 1e9),
  };
}

function store(scheme: ChunkScheme, content: Buffer, known: Set<string>): { chunks: number; bytes: number } {
  const total = { chunks: 0, bytes: 0 };
  for (let at = 0; at < content.byteLength; ) {
    const chunk = content.subarray(at, at + scheme.firstChunk(content.subarray(at)));
    at += chunk.byteLength;
    const id = createHash('sha256').update(chunk).digest('hex');
    total.chunks += 1;
    if (known.has(id)) continue;
    known.add(id);
    total.bytes += compressIfItPays(chunk).body.byteLength + OVERHEAD_BYTES;
  }
  return total;
}

function fixed(name: string, bytes: number): ChunkScheme {
  return { name, firstChunk: (rest) => Math.min(bytes, rest.byteLength) };
}

function byContent(name: string, usual: number): ChunkScheme {
  const cutter = createCutter({ least: usual / 4, usual, most: usual * 4 });
  return { name, firstChunk: (bytes) => cutter.firstChunk(bytes) };
}
