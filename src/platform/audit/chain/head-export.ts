/** Heads as they come back from where they were kept: believed only as far as their signatures hold. */
import { instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

import type { ExportedHeads } from '../contract/chain-shapes.ts';
import { publicKeyId, signedBy } from './audit-key.ts';
import { headText } from './signed-points.ts';

/** @throws KuraError invalid `audit.heads-invalid`: a key or a signature in it does not hold. */
export function requireSignedHeads({ heads, publicKeys }: ExportedHeads): void {
  for (const [id, publicKey] of Object.entries(publicKeys)) {
    if (idOf(publicKey) !== id) throw invalid(id);
  }
  const bad = heads.find(({ keyId, signature, at, ...point }) => {
    const publicKey = publicKeys[keyId];
    const text = headText({ ...point, at: instant(new Date(at)) });
    return publicKey === undefined || !signedBy(publicKey, text, signature);
  });
  if (bad !== undefined) throw invalid(String(bad.number));
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
