import type { Vault } from '#engines/vault';

import type { Examination, VerificationProgress } from './examination.ts';

export interface RepositoryRequest {
  /** Read every stored byte, not only what is needed to find it. */
  readonly readData: boolean;
  readonly signal: AbortSignal;
  readonly report: ((progress: VerificationProgress) => void) | undefined;
}

export async function examineRepository(
  vault: Vault,
  { readData, signal, report }: RepositoryRequest,
): Promise<Examination> {
  const found = await vault.verify({ readData, signal, ...(report === undefined ? {} : { onProgress: report }) });
  return {
    objects: found.objects,
    bytes: found.bytes,
    snapshot: null,
    errors: found.errors.length,
    findings: found.errors.map(({ error, affectedFiles }) => `${error.message}; files: ${affectedFiles}`),
    coverage: found.coverage,
    verified: readData && found.errors.length === 0 ? 'everything' : 'nothing',
  };
}
