/** One file of one version, as the site describes it, that somebody asked for. */
import type { Model, ModelFile, ModelVersion } from '#engines/civitai';
import type { KuraError } from '#kernel/errors';

export interface WantedFile {
  /** As the person wrote it. */
  readonly ref: string;
  readonly version: ModelVersion;
  /** Null when the site has the version but no longer shows its model. */
  readonly model: Model | null;
  readonly file: ModelFile;
  /** The other files of the version, best first. */
  readonly alternatives: readonly ModelFile[];
  /** Why the site says nothing of it now: then all this is what was known before, and only mirrors are asked. */
  readonly siteFault?: KuraError | undefined;
}

export function modelNameOf({ model, version }: Pick<WantedFile, 'model' | 'version'>): string {
  return model?.name ?? version.model?.name ?? '';
}

/** Checkpoint, LORA, …; empty when nobody says. */
export function modelTypeOf({ model, version }: Pick<WantedFile, 'model' | 'version'>): string {
  return model?.type ?? version.model?.type ?? '';
}
