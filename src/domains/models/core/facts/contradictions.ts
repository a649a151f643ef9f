/** Where a file is something else than the site, or its own notes, say. Only what is nearly certain is told. */
import { baseNames, baseOfNote, type FactReason, type Judgement, type ModelFacts } from '#engines/modelscan';

import { familyOf } from '../vocabulary/base-models.ts';
import { kindNamed } from '../vocabulary/model-kinds.ts';

/** What the site says of a file. */
export interface FileClaims {
  readonly type: string;
  readonly baseModel: string | null;
  /** `fp16`, `bf16`, …. */
  readonly precision: string | null;
}

const SURE = 0.75;

/** Types of the site that people use for one another; a checkpoint also brings its parts as files of their own. */
const alike: readonly ReadonlySet<string>[] = [
  new Set(['LORA', 'LoCon', 'DoRA']),
  new Set(['Checkpoint', 'UNet', 'VAE', 'TextEncoder', 'CLIP', 'CLIPVision', 'LLM', 'VisionLanguage']),
  new Set(['Upscaler', 'Detection']),
];

/** Bases whose add-ons look like those of another one. */
const lookalikes: Readonly<Record<string, string>> = { kolors: 'sdxl', chroma: 'flux1', flux2: 'flux1', svd: 'sd2' };

/** Editions that the site has base models of their own for. */
const editions: Readonly<Record<string, string>> = { 'Flux.1 D': 'dev', 'Flux.1 S': 'schnell' };

export function contradictionsOf(facts: ModelFacts, claims: FileClaims): readonly FactReason[] {
  return [
    ...aboutType(facts, claims),
    ...aboutBase(facts, claims),
    ...aboutEdition(facts, claims),
    ...aboutPrecision(facts, claims),
    ...aboutNotes(facts),
  ];
}

function aboutType({ kind }: ModelFacts, { type }: FileClaims): FactReason[] {
  const found = isSure(kind) ? kindNamed(kind.id)?.apiType : undefined;
  if (found === undefined || found === null || found === type || type === 'Other') return [];
  if (alike.some((group) => group.has(found) && group.has(type))) return [];
  return [{ code: 'models.facts-type', params: { claimed: type, found: kind?.id } }];
}

function aboutBase({ base, baseName }: ModelFacts, { baseModel }: FileClaims): FactReason[] {
  const family = baseModel === null ? undefined : familyOf(baseModel);
  const claimed = family?.within ?? family?.id;
  if (!isSure(base) || claimed === undefined || baseNames[claimed] === undefined) return [];
  if (claimed === base.id || lookalikes[claimed] === base.id) return [];
  return [{ code: 'models.facts-base', params: { claimed: baseModel, found: baseName } }];
}

function aboutEdition({ variant, baseName }: ModelFacts, { baseModel }: FileClaims): FactReason[] {
  const claimed = baseModel === null ? undefined : editions[baseModel];
  const known = Object.values(editions);
  if (claimed === undefined || variant === null || variant === claimed || !known.includes(variant)) return [];
  return [{ code: 'models.facts-base', params: { claimed: baseModel, found: `${baseName ?? ''} ${variant}` } }];
}

/** The site knows these words; a quantised file is fp-something there only by its origin. */
const comparable: ReadonlySet<string> = new Set(['fp32', 'fp16', 'bf16', 'fp8']);

function aboutPrecision({ precision }: ModelFacts, { precision: claimed }: FileClaims): FactReason[] {
  const said = claimed?.toLowerCase() ?? '';
  if (precision === null || said === precision || !comparable.has(precision) || !comparable.has(said)) return [];
  return [{ code: 'models.facts-precision', params: { claimed: said, found: precision } }];
}

function aboutNotes({ base, baseName, statedBases }: ModelFacts): FactReason[] {
  if (!isSure(base)) return [];
  const said = statedBases.find((note) => {
    const id = baseOfNote(note);
    return id !== undefined && id !== base.id && lookalikes[id] !== base.id;
  });
  return said === undefined ? [] : [{ code: 'models.facts-note', params: { claimed: said, found: baseName } }];
}

function isSure(judgement: Judgement | null): judgement is Judgement {
  return judgement !== null && judgement.confidence >= SURE;
}
