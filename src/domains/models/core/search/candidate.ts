import type { Model, ModelVersion } from '#engines/civitai';

/** A model with those of its versions that are still in question, in the creator's order; without any it is out. */
export interface Candidate {
  readonly model: Model;
  readonly versions: readonly ModelVersion[];
}

/** When the version came out, in ms since the epoch; null when nobody says. */
export function publishedMs(version: ModelVersion): number | null {
  const moment = version.publishedAt ?? version.createdAt;
  return moment === null ? null : Date.parse(moment);
}
