/** What a model file is, from what a scan passes anyway: no byte is read for it. */
import type { Format } from '../format.ts';
import { alphaOf, type RankFacts, rankOf } from './adapter-rank.ts';
import { baseOfNote } from './base-of-note.ts';
import { baseNames } from './base-signatures.ts';
import { hundredths, type Judgement } from './judgement.ts';
import { precisionOf } from './precision.ts';
import { recogniseTensors } from './recognise.ts';
import type { TensorRecord } from './tensor-record.ts';
import { mergeRecipe, resolutions, shownNotes, statedArchitectures, trainedOn, trainedWords } from './trainer-notes.ts';

/** Goes up whenever the same file could get other facts: stored ones of an older version are worth another look. */
export const factsVersion = 1;

/** Null and empty: the file does not tell. Nothing is guessed from its name or size. */
export interface ModelFacts {
  readonly tensors: number;
  /** Elements of all tensors together. */
  readonly parameters: number;
  /** Elements by type, in the words of the format. */
  readonly dtypes: Readonly<Record<string, number>>;
  /** `fp16`, `bf16`, `fp8`, `Q4_K_M`, …; `mixed` when no type makes up three quarters of the numbers. */
  readonly precision: string | null;
  /** Id of the vocabulary of kinds: `lora`, `checkpoint`, …. */
  readonly kind: Judgement | null;
  readonly special: readonly string[];
  /** Id of a family of base models: `sd1`, `sdxl`, `flux1`, …. */
  readonly base: Judgement | null;
  /** What people call that family. */
  readonly baseName: string | null;
  readonly variant: string | null;
  readonly rank: RankFacts | null;
  readonly alpha: number | null;
  readonly trainedWords: readonly string[];
  readonly resolutions: readonly string[];
  /** Base models as the file itself names them. */
  readonly statedBases: readonly string[];
  readonly trainedOn: string | null;
  readonly mergeRecipe: string | null;
  readonly notes: Readonly<Record<string, string>>;
}

/** Undefined when the file has neither tensors nor notes. */
export function modelFacts(record: TensorRecord, format: Format): ModelFacts | undefined {
  const { tensors, notes, dtypes } = record;
  if (tensors.length === 0 && notes.size === 0) return undefined;
  const { kind, special, base: proven, variant } = recogniseTensors(tensors);
  const stated = statedArchitectures(notes);
  const base = withNotes(proven, stated);
  return {
    tensors: record.count,
    parameters: record.parameters,
    dtypes: Object.fromEntries(dtypes),
    precision: precisionOf({ dtypes, notes, names: tensors.map(({ name }) => name) }),
    kind: kind?.id === 'diffusion-model' && format === 'gguf' ? { ...kind, id: 'gguf-model' } : kind,
    special,
    base,
    baseName: base === null ? null : (baseNames[base.id] ?? base.id),
    variant: base?.id === proven?.id ? variant : null,
    rank: rankOf(tensors),
    alpha: alphaOf(notes),
    trainedWords: trainedWords(notes),
    resolutions: resolutions(notes),
    statedBases: stated,
    trainedOn: trainedOn(notes),
    mergeRecipe: mergeRecipe(notes),
    notes: shownNotes(notes),
  };
}

/** A note is only what somebody wrote: it strengthens what tensors say, and counts alone where they say little. */
const BY_NOTE = 0.7;

function withNotes(proven: Judgement | null, stated: readonly string[]): Judgement | null {
  const named = stated.flatMap((value) => {
    const id = baseOfNote(value);
    return id === undefined ? [] : [{ id, reason: { code: 'modelscan.fact-by-note', params: { value } } }];
  });
  const ids = new Set(named.map(({ id }) => id));
  const [only] = named;
  const outnamed = proven !== null && proven.confidence < BY_NOTE && ids.size === 1 && only?.id !== proven.id;
  if (proven === null || outnamed) {
    return only === undefined || ids.size > 1 ? null : { id: only.id, confidence: BY_NOTE, reasons: [only.reason] };
  }
  const agreeing = named.filter(({ id }) => id === proven.id).map(({ reason }) => reason);
  if (agreeing.length === 0) return proven;
  const confidence = hundredths(1 - (1 - proven.confidence) * (1 - BY_NOTE));
  return { ...proven, confidence: Math.min(0.99, confidence), reasons: [...proven.reasons, ...agreeing] };
}
