/**
 * Which file of a version to take. The rules of models.md M-091: type first, then format, precision, size, and the
 * site's own `primary` last, because it can be a broken or a training-data file (civitai-api.md §2.6).
 */
import type { ModelFile } from './shapes/model-file.ts';
import type { ModelVersion } from './shapes/model-version.ts';

/** Each list best first, compared without regard to case; what is not listed comes after what is. */
export interface FilePreferences {
  /** Restricts the choice to these file types; absent = main weights first, everything else after. */
  readonly types?: readonly string[];
  /** Default: SafeTensor, GGUF, then the rest, pickles last. */
  readonly formats?: readonly string[];
  readonly fps?: readonly string[];
  readonly sizes?: readonly string[];
  readonly quantTypes?: readonly string[];
}

export interface FileChoice {
  /** Null when the version has no file, or none of the types asked for. */
  readonly file: ModelFile | null;
  /** All other files, best first. */
  readonly alternatives: readonly ModelFile[];
}

const mainTypes: ReadonlySet<string> = new Set(['model', 'pruned model', 'diffusion model', 'unet']);
const lastTypes: ReadonlySet<string> = new Set(['training data', 'config', 'workflow']);
const safeFormats = ['safetensor', 'gguf', 'onnx', 'diffusers', 'core ml'];
const pickleFormat = 'pickletensor';

export function chooseFile(version: ModelVersion, preferences: FilePreferences = {}): FileChoice {
  const types = preferences.types?.map((type) => type.toLowerCase());
  const ranked = version.files
    .map((file, index) => ({ file, ranks: [...ranksOf(file, preferences), index] }))
    .sort((a, b) => compareRanks(a.ranks, b.ranks))
    .map((entry) => entry.file);
  const file = ranked.find((candidate) => types === undefined || types.includes(candidate.type.toLowerCase())) ?? null;
  return { file, alternatives: ranked.filter((candidate) => candidate !== file) };
}

function ranksOf(file: ModelFile, preferences: FilePreferences): readonly number[] {
  return [
    preferences.types === undefined ? defaultTypeRank(file.type) : rankIn(preferences.types, file.type),
    preferences.formats === undefined ? defaultFormatRank(file.format) : rankIn(preferences.formats, file.format),
    rankIn(preferences.fps ?? [], file.fp),
    rankIn(preferences.sizes ?? [], file.size),
    rankIn(preferences.quantTypes ?? [], file.quantType),
    file.primary ? 0 : 1,
  ];
}

function rankIn(wanted: readonly string[], value: string | null): number {
  const place = wanted.findIndex((entry) => entry.toLowerCase() === value?.toLowerCase());
  return place === -1 ? wanted.length : place;
}

function defaultTypeRank(type: string): number {
  if (mainTypes.has(type.toLowerCase())) return 0;
  return lastTypes.has(type.toLowerCase()) ? 2 : 1;
}

function defaultFormatRank(format: string | null): number {
  if (format?.toLowerCase() === pickleFormat) return safeFormats.length + 1;
  return rankIn(safeFormats, format);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [place, rank] of a.entries()) {
    const difference = rank - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
