/** Kind and base of a model by the names and sides of its tensors. What they do not tell stays unknown. */
import { baseSignatures, variantSignatures } from './base-signatures.ts';
import { type FactReason, hundredths, type Judgement } from './judgement.ts';
import { kindSignatures, parentOfSpecial, specialSignatures } from './kind-signatures.ts';
import { carries, groupTensors, type Mark, type Signature, type TensorGroup } from './signature.ts';
import type { Tensor } from './tensor-facts.ts';

export interface Recognition {
  /** Id of the vocabulary of kinds; null = these tensors do not tell. */
  readonly kind: Judgement | null;
  /** Special cases of that kind that the tensors prove besides. */
  readonly special: readonly string[];
  /** Id of a family of base models; null = unknown, or two families at once. */
  readonly base: Judgement | null;
  /** Edition of the base, where tensors tell: `dev`, `schnell`, `fill`, `3.5`. */
  readonly variant: string | null;
}

const SURETY = 0.95;
/** All names that tell something have several words; thousands of small files do not, and cost nothing. */
const joined = /[._]/;
const nothing: Recognition = { kind: null, special: [], base: null, variant: null };

export function recogniseTensors(tensors: readonly Tensor[]): Recognition {
  const embedding = embeddingIn(tensors);
  if (embedding !== undefined) return embedding;
  const groups = groupTensors(tensors.filter(({ name }) => joined.test(name)));
  if (groups.length === 0) return nothing;
  const kind = first(kindSignatures, groups);
  const base = baseOf(groups);
  return {
    kind,
    special: specialSignatures
      .filter(({ is }) => parentOfSpecial[is] === kind?.id)
      .filter((signature) => found(signature, groups) !== undefined)
      .map(({ is }) => is),
    base,
    variant: base === null ? null : variantOf(base.id, groups),
  };
}

/** The first kind that is found, as sure as the surest of its signatures: half a file must not seem surer than it all. */
function first(signatures: readonly Signature[], groups: readonly TensorGroup[]): Judgement | null {
  let best: Judgement | null = null;
  for (const signature of signatures) {
    if (best !== null && best.id !== signature.is) continue;
    const judged = found(signature, groups);
    if (judged !== undefined && judged.confidence > (best?.confidence ?? 0)) best = judged;
  }
  return best;
}

function found({ is, all, surety = SURETY }: Signature, groups: readonly TensorGroup[]): Judgement | undefined {
  let count = 0;
  const reasons: FactReason[] = [];
  for (const mark of all) {
    const carriers = groups.filter((group) => carries(mark, group));
    const [example] = carriers;
    if (example === undefined) return undefined;
    const here = carriers.reduce((sum, group) => sum + group.count, 0);
    count += here;
    reasons.push(reasonOf(mark, example, here));
  }
  return { id: is, confidence: hundredths(surety * (1 - 0.4 / count)), reasons };
}

function reasonOf(mark: Mark, { name }: Tensor, count: number): FactReason {
  return mark instanceof RegExp
    ? { code: 'modelscan.fact-by-names', params: { name, count } }
    : { code: 'modelscan.fact-by-sides', params: { name, side: mark.side } };
}

/** Bases that others carry the marks of give way to those; two that remain prove neither. */
function baseOf(groups: readonly TensorGroup[]): Judgement | null {
  const bases = new Map<string, Judgement>();
  const taken = new Set<string>();
  for (const signature of baseSignatures) {
    const judged = found(signature, groups);
    if (judged === undefined) continue;
    for (const other of signature.over ?? []) taken.add(other);
    const known = bases.get(judged.id);
    if (known === undefined || known.confidence < judged.confidence) bases.set(judged.id, judged);
  }
  const left = [...bases.values()].filter(({ id }) => !taken.has(id));
  return left.length === 1 ? (left[0] ?? null) : null;
}

function variantOf(base: string, groups: readonly TensorGroup[]): string | null {
  const fitting = variantSignatures.find(
    (signature) =>
      signature.of === base &&
      found(signature, groups) !== undefined &&
      !(signature.none ?? []).some((mark) => groups.some((group) => carries(mark, group))),
  );
  return fitting?.is ?? null;
}

/** Names that embeddings have, alone in their file: A1111 and kohya, SDXL, SD 3. */
const embeddingNames = /^(?:emb_params|clip_[lg]|t5xxl)$/;
/** The older pickles keep them under words; some as parameters of a module. */
const wordsToVectors = /^string_to_param(?:\.|$)/;
/** Widths of the text vectors; only these two families put one list of vectors into a file by itself. */
const baseByWidth: Readonly<Record<number, string>> = { 768: 'sd1', 1024: 'sd2' };
const MOST_VECTORS = 4;

function embeddingIn(tensors: readonly Tensor[]): Recognition | undefined {
  const vectors = tensors.filter(({ shape }) => shape.length > 0);
  const [only] = vectors;
  if (only === undefined || vectors.length > MOST_VECTORS) return undefined;
  const words = tensors.find(({ name }) => wordsToVectors.test(name));
  if (words === undefined && !vectors.every(({ name }) => embeddingNames.test(name))) return undefined;
  const reason = byName(words?.name ?? only.name, vectors.length);
  return {
    kind: { id: 'embedding', confidence: SURETY, reasons: [reason] },
    special: [],
    base: embeddingBase(vectors, only),
    variant: null,
  };
}

function embeddingBase(vectors: readonly Tensor[], only: Tensor): Judgement | null {
  const { name } = only;
  const names = new Set(vectors.map((vector) => vector.name));
  if (names.has('t5xxl')) return { id: 'sd3', confidence: 0.8, reasons: [byName('t5xxl', 1)] };
  if (names.has('clip_g')) return { id: 'sdxl', confidence: 0.85, reasons: [byName('clip_g', 1)] };
  const width = only.shape.at(-1) ?? 0;
  const id = name === 'clip_l' ? undefined : baseByWidth[width];
  const reasons = [{ code: 'modelscan.fact-by-sides', params: { name, side: width } }];
  return id === undefined ? null : { id, confidence: 0.8, reasons };
}

function byName(name: string, count: number): FactReason {
  return { code: 'modelscan.fact-by-names', params: { name, count } };
}
