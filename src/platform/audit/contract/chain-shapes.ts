/** Heads for safe keeping off the machine, and what may be wrong with a chain. Safe for browsers. */
import { z } from 'zod';

/**
 * `edited`: a column was changed. `deleted`: the entry is gone. `reordered`: it stands under another number. `inserted`:
 * Kura never sealed it. `truncated`: this and all after it is gone. `rewritten`: a head knows another chain from here on.
 * `signature`: the record of the end, of a head or of a purge bears no valid signature.
 */
export const chainFaults = [
  'edited',
  'deleted',
  'reordered',
  'inserted',
  'truncated',
  'rewritten',
  'signature',
] as const;
export type ChainFault = (typeof chainFaults)[number];

const head = z.strictObject({
  number: z.number().int().positive(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  keyId: z.string().max(100),
  signature: z.string().max(200),
});

export const exportedHeadsSchema = z.strictObject({
  format: z.literal('kura-audit-heads-1'),
  exportedAt: z.string(),
  /** PEM, by key id. */
  publicKeys: z.record(z.string(), z.string().max(2000)),
  heads: z.array(head).max(100_000).readonly(),
});

export type ExportedHeads = z.output<typeof exportedHeadsSchema>;
