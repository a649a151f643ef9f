/** The shape of what is known of kinds of model files; the data stand in the `…-kinds.ts` files. */
import type { PlaceName } from './places.ts';

/** Where a statement about a kind comes from. */
export type Evidence =
  /** civitai-api.md §5.1, the site's own list. */
  | 'site'
  /** models.md A1. */
  | 'requirement'
  /** Recorded folder list of a running ComfyUI (fixture layouts/comfyui-folder-paths-live.json). */
  | 'comfyui'
  /** The program or trainer that made the kind. */
  | 'tool';

export interface ModelKind {
  /** `style-lora`; for people and machines alike. */
  readonly id: string;
  /** The site's type for it; null when the site has none of its own. */
  readonly apiType: string | null;
  /** The kind of which this is a special case. */
  readonly parent: string | null;
  /** Other names in English and Japanese. */
  readonly aliases: readonly string[];
  /** Whole words in names and tags that point to it; never taken for more than a suggestion. */
  readonly cues: readonly string[];
  /** Lower case, without the dot. */
  readonly extensions: readonly string[];
  /** Usual size of a file, MB of 10^6 bytes. */
  readonly sizeMb: readonly [number, number];
  readonly place: PlaceName;
  readonly evidence: Evidence;
}

const weights = ['safetensors', 'sft', 'ckpt', 'pt', 'pth', 'bin'] as const;

type Facts = Pick<ModelKind, 'place' | 'sizeMb'> & Partial<Omit<ModelKind, 'id' | 'apiType'>>;

/** A kind of its own; cues are its aliases unless said otherwise. */
export function kind(id: string, apiType: string | null, facts: Facts): ModelKind {
  const aliases = facts.aliases ?? [];
  return { parent: null, extensions: weights, evidence: 'tool', cues: aliases, ...facts, id, apiType, aliases };
}

/** A special case of another kind; what is not said is as there. */
export function subKind(id: string, parent: ModelKind, facts: Partial<Omit<ModelKind, 'id' | 'parent'>>): ModelKind {
  const aliases = facts.aliases ?? [];
  return { ...parent, evidence: 'tool', cues: aliases, ...facts, id, parent: parent.id, aliases };
}
