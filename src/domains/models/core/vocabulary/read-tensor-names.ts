/** Names and shapes of the tensors in a safetensors file: its header alone, whatever the file is called. */
import { open } from 'node:fs/promises';

import { z } from 'zod';

import { MIB } from '#kernel/units';

import type { Tensor } from './tensor-signatures.ts';

export interface TensorHeader {
  readonly tensors: readonly Tensor[];
  /** `__metadata__`: what trainers write about their work. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The largest headers of published files have a few MiB. */
const LARGEST = 64 * MIB;
const LENGTH_BYTES = 8;

const tensorSchema = z.object({ shape: z.array(z.number().int().min(0)).max(16) });
const metadataSchema = z.record(z.string(), z.string());
const headerSchema = z.record(z.string(), z.unknown());

/** Null for anything that is no safetensors file, or a broken one. @throws what opening and reading throw */
export async function readTensorNames(path: string, signal: AbortSignal): Promise<TensorHeader | null> {
  await using file = await open(path);
  const start = Buffer.alloc(LENGTH_BYTES);
  const { bytesRead } = await file.read(start, 0, LENGTH_BYTES, 0);
  const length = bytesRead < LENGTH_BYTES ? 0 : Number(start.readBigUInt64LE());
  if (length < 2 || length > LARGEST) return null;
  signal.throwIfAborted();
  const header = Buffer.alloc(length);
  const read = await file.read(header, 0, length, LENGTH_BYTES);
  return read.bytesRead < length ? null : parseTensorHeader(header.toString('utf8'));
}

/** The same of the header's text; null when it is not JSON of that form. */
export function parseTensorHeader(text: string): TensorHeader | null {
  const parsed = headerSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { __metadata__: about, ...entries } = parsed.data;
  const tensors = Object.entries(entries).flatMap(([name, entry]) => {
    const { data } = tensorSchema.safeParse(entry);
    return data === undefined ? [] : [{ name, shape: data.shape }];
  });
  return { tensors, metadata: metadataSchema.safeParse(about).data ?? {} };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
