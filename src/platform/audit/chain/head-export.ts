/** Heads for safe keeping off the machine: whoever holds them can tell a shortened or newly made chain from the old one. */
import { z } from 'zod';

import { instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

import { publicKeyId, signedBy } from './audit-key.ts';
import { headText } from './signed-points.ts';

const point = z.strictObject({
  number: z.number().int().positive(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime().transform((text) => instant(new Date(text))),
  keyId: z.string(),
  signature: z.string(),
});

export const exportedHeadsSchema = z.strictObject({
  format: z.literal('kura-audit-heads-1'),
  exportedAt: z.string(),
  /** PEM, by key id. */
  publicKeys: z.record(z.string(), z.string()),
  heads: z.array(point).max(1_000_000).readonly(),
});

export type ExportedHeads = z.output<typeof exportedHeadsSchema>;

/** @throws KuraError invalid `audit.heads-invalid`: no such file, or a signature in it does not hold. */
export function readExportedHeads(document: unknown): ExportedHeads {
  const parsed = exportedHeadsSchema.safeParse(document);
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? '');
  const { heads, publicKeys } = parsed.data;
  for (const [id, publicKey] of Object.entries(publicKeys)) {
    if (idOf(publicKey) !== id) throw invalid(id);
  }
  const bad = heads.find((head) => {
    const publicKey = publicKeys[head.keyId];
    return publicKey === undefined || !signedBy(publicKey, headText(head), head.signature);
  });
  if (bad !== undefined) throw invalid(String(bad.number));
  return parsed.data;
}

function idOf(publicKey: string): string | undefined {
  try {
    return publicKeyId(publicKey);
  } catch {
    return undefined;
  }
}

function invalid(reason: string): KuraError {
  return new KuraError('invalid', 'audit.heads-invalid', { params: { reason } });
}
