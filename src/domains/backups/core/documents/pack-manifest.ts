/** The signed list of what an audit pack holds, and whether a pack is what was signed. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { readStoredZip } from '#platform/documents';

import type { DocumentSignature } from '../../contract/index.ts';
import { sha256Of } from '../signatures/detached-signature.ts';
import { checkDocument } from './document-signature.ts';

export const packFormat = 'kura-audit-pack-1';
export const manifestName = 'manifest.json';
export const manifestSignatureName = 'manifest.json.sig.json';

const manifestSchema = z.object({
  format: z.literal(packFormat),
  name: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

export interface CheckedPack extends DocumentSignature {
  /** How many files the manifest lists, each found as it was signed. */
  readonly files: number;
}

/**
 * Holds every byte of a pack against its signed manifest: files, their order and names, and the archive around them, which
 * is made again and compared.
 * @throws KuraError mismatch `backups.document-changed`, invalid `backups.document-signature-unreadable`.
 */
export function checkPack(archive: Uint8Array, trustedKey?: string): CheckedPack {
  const all = readStoredZip(archive);
  const [manifest, signature, ...files] = all ?? [];
  if (manifest?.name !== manifestName || signature?.name !== manifestSignatureName) throw changed('ZIP');
  const signed = checkDocument(manifest.content, Buffer.from(signature.content).toString('utf8'), trustedKey);
  const read = manifestSchema.safeParse(JSON.parse(Buffer.from(manifest.content).toString('utf8')));
  if (signed.name !== manifestName || !read.success) throw changed(manifestName);
  const { files: listed, name } = read.data;
  if (listed.length !== files.length) throw changed(name);
  for (const [index, { path, bytes, sha256 }] of listed.entries()) {
    const file = files[index];
    const isSame = file?.name === path && file.content.length === bytes && sha256Of(file.content) === sha256;
    if (!isSame) throw changed(path);
  }
  return { ...signed, name: `${name}.zip`, files: files.length };
}

function changed(name: string): KuraError {
  return new KuraError('mismatch', 'backups.document-changed', { params: { name } });
}
