import type { HashAlgorithm, HashPointer } from './model-ref.ts';

/** Hex digits per hash; AutoV3 was stored with all 64 in 2023 (civitai-api.md §4.5). */
const lengths: ReadonlyMap<string, { readonly algorithm: HashAlgorithm; readonly digits: readonly number[] }> = new Map(
  [
    ['sha256', { algorithm: 'sha256', digits: [64] }],
    ['blake3', { algorithm: 'blake3', digits: [64] }],
    ['autov1', { algorithm: 'autov1', digits: [8] }],
    ['autov2', { algorithm: 'autov2', digits: [10] }],
    ['autov3', { algorithm: 'autov3', digits: [12, 64] }],
    ['crc32', { algorithm: 'crc32', digits: [8] }],
  ],
);

/** Reads `sha256:…`, `autov2:…` and so on; null when name or length do not fit. */
export function parseHash(text: string): HashPointer | null {
  const match = /^([a-z0-9]+):([0-9a-f]+)$/i.exec(text);
  const digest = match?.[2]?.toLowerCase() ?? '';
  const known = lengths.get(match?.[1]?.toLowerCase() ?? '');
  if (known?.digits.includes(digest.length) !== true) return null;
  return {
    kind: 'hash',
    algorithm: known.algorithm,
    digest: known.algorithm === 'autov3' ? digest.slice(0, 12) : digest,
  };
}
