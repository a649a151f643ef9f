/** How large an add-on is trained: rank and alpha. */
import { JsonNumber, JsonObject, parseStrictJson } from '../text/strict-json.ts';
import type { Tensor } from './tensor-facts.ts';

export interface RankFacts {
  readonly least: number;
  readonly most: number;
  /** The rank of most layers. */
  readonly usual: number;
}

/** The factor whose outer side is the rank: kohya, diffusers, PEFT; LoHa and LoKr. */
const inward =
  /(?:[._]lora_down|[._]lora\.down|_lora\.down|[._]lora_A(?:\.default)?|[._]lora_linear_layer\.down)\.weight$|\.hada_w1_b$|\.lokr_w[12]_b$/;

/** Null for anything that has no such factors. */
export function rankOf(tensors: readonly Tensor[]): RankFacts | null {
  const layers = new Map<number, number>();
  for (const { name, shape } of tensors) {
    const [rank] = shape;
    if (rank !== undefined && shape.length > 1 && inward.test(name)) layers.set(rank, (layers.get(rank) ?? 0) + 1);
  }
  const [usual] = [...layers].toSorted((left, right) => right[1] - left[1])[0] ?? [];
  const ranks = [...layers.keys()];
  return usual === undefined ? null : { least: Math.min(...ranks), most: Math.max(...ranks), usual };
}

/** As the trainer wrote it down: in the file itself it is a number among the weights, which nobody reads here. */
export function alphaOf(notes: ReadonlyMap<string, string>): number | null {
  const kohya = numberIn(notes.get('ss_network_alpha'));
  if (kohya !== undefined) return kohya;
  const alphas = new Set(peftAlphas(notes.get('lora_adapter_metadata')));
  const [only] = alphas;
  return only !== undefined && alphas.size === 1 ? only : null;
}

/** diffusers and PEFT keep their configuration as JSON, one prefix for each part of the model. */
function peftAlphas(text: string | undefined): number[] {
  if (text === undefined) return [];
  try {
    const value = parseStrictJson(text, 10);
    if (!(value instanceof JsonObject)) return [];
    return value.entries.flatMap(([key, alpha]) =>
      /(?:^|\.)lora_alpha$/.test(key) && alpha instanceof JsonNumber ? (numberIn(alpha.text) ?? []) : [],
    );
  } catch {
    return [];
  }
}

function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,9}(?:\.\d{1,9})?$/.test(text.trim())) return undefined;
  return Number(text);
}
