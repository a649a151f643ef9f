import type { Candidate } from './candidate.ts';

/**
 * Models that bring a file which an earlier one has too (same SHA-256), each with that earlier one: re-uploads stay in
 * the answer, but are marked (models.md M-025).
 */
export function sameFilesAmong(found: readonly Candidate[]): ReadonlyMap<number, number> {
  const owners = new Map<string, number>();
  const same = new Map<number, number>();
  for (const { model, versions } of found) {
    for (const { hashes } of versions[0]?.files ?? []) {
      if (hashes.sha256 === null) continue;
      const owner = owners.get(hashes.sha256);
      if (owner === undefined) owners.set(hashes.sha256, model.modelId);
      else if (owner !== model.modelId && !same.has(model.modelId)) same.set(model.modelId, owner);
    }
  }
  return same;
}
