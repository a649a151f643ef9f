/**
 * What kind of model file this is, ranked, with the reasons (P-092). What the site says and what the tensors are called
 * weighs; name, tags, size and extension only suggest.
 */
import { recogniseTensors, type Tensor } from '#engines/modelscan';
import type { MessageParams } from '#kernel/errors';

import { plainWord } from '../../contract/index.ts';
import type { ModelKind } from './model-kind.ts';
import { kindNamed, modelKinds, typeWords } from './model-kinds.ts';
import { findPhrase, type TextWords, wordsOf } from './word-run.ts';

export interface KindEvidence {
  readonly name?: string;
  readonly sizeBytes?: number;
  /** With or without the dot. */
  readonly extension?: string;
  readonly tags?: readonly string[];
  readonly tensors?: readonly Tensor[];
  /** The kind that the file's content proves, then special cases of it; instead of `tensors`. */
  readonly tensorKinds?: readonly string[];
  /** As the site says. */
  readonly apiType?: string;
}

/** Message code and parameters. */
export interface KindReason {
  readonly code: string;
  readonly params: MessageParams;
}

export interface InferredKind {
  readonly kind: string;
  /** 0–1 in hundredths; a special case is never surer than the kind it belongs to. */
  readonly confidence: number;
  readonly reasons: readonly KindReason[];
}

/** For the kind, or against it: what it was multiplied by. */
interface Argument {
  readonly reason: KindReason;
  readonly for?: number;
  readonly against?: number;
}

const MB = 1_000_000;
/** A size and a common extension fit half of all kinds; that alone is no guess worth showing. */
const SHOWN = 0.15;
/** An extension that so few kinds have says something. */
const FEW = 4;

interface Facts {
  readonly evidence: KindEvidence;
  readonly name: TextWords;
  readonly tags: readonly TextWords[];
  readonly extension: string | undefined;
  readonly tensorKinds: readonly string[];
  /** The site's type, when it is one Kura knows. */
  readonly apiType: string | undefined;
}

/** Kinds that anything speaks for, surest first. Deterministic; an empty list when nothing does. */
export function inferKind(evidence: KindEvidence): readonly InferredKind[] {
  const facts = factsOf(evidence);
  const roots = modelKinds.filter(({ parent }) => parent === null).flatMap((kind) => judgeRoot(kind, facts) ?? []);
  const special = modelKinds.flatMap((kind) => {
    const parent = roots.find((root) => root.kind === kind.parent);
    return parent === undefined ? [] : (judgeSpecial(kind, parent, facts) ?? []);
  });
  return [...roots, ...special]
    .filter(({ confidence }) => confidence >= SHOWN)
    .sort((a, b) => b.confidence - a.confidence || rank(a) - rank(b) || compare(a.kind, b.kind));
}

function factsOf(evidence: KindEvidence): Facts {
  const type = plainWord(evidence.apiType ?? '');
  return {
    evidence,
    name: wordsOf(evidence.name ?? ''),
    tags: (evidence.tags ?? []).map(wordsOf),
    extension: evidence.extension?.replace(/^\./, '').toLowerCase(),
    tensorKinds: evidence.tensorKinds ?? kindsIn(evidence.tensors ?? []),
    apiType: typeWords.find(({ word }) => plainWord(word) === type)?.word,
  };
}

function kindsIn(tensors: readonly Tensor[]): readonly string[] {
  const { kind, special } = recogniseTensors(tensors);
  return kind === null ? [] : [kind.id, ...special];
}

function judgeRoot(kind: ModelKind, facts: Facts): InferredKind | undefined {
  const spoken = [...typeArguments(kind, facts), ...tensorArguments(kind, facts), ...wordArguments(kind, facts)];
  return weigh(kind.id, 1, [...spoken, ...shapeArguments(kind, facts)]);
}

/** Only what speaks for the special case itself: all the rest is in its parent's confidence. */
function judgeSpecial(kind: ModelKind, parent: InferredKind, facts: Facts): InferredKind | undefined {
  const proven: readonly Argument[] = facts.tensorKinds.includes(kind.id) ? [argument('by-tensors', {}, 0.95)] : [];
  return weigh(kind.id, parent.confidence, [...proven, ...wordArguments(kind, facts)]);
}

function typeArguments(kind: ModelKind, { apiType }: Facts): readonly Argument[] {
  if (apiType === undefined) return [];
  if (kind.apiType === apiType) return [argument('by-type', { type: apiType }, 0.85)];
  // "Other" is what uploaders choose when there is nothing better.
  return apiType === 'Other' ? [] : [{ ...argument('not-type', { type: apiType }), against: 0.3 }];
}

function tensorArguments(kind: ModelKind, { tensorKinds }: Facts): readonly Argument[] {
  const [main] = tensorKinds;
  if (main === undefined) return [];
  const root = kindNamed(main)?.parent ?? main;
  return [root === kind.id ? argument('by-tensors', {}, 0.95) : { ...argument('not-tensors', {}), against: 0.2 }];
}

function wordArguments(kind: ModelKind, { name, tags }: Facts): readonly Argument[] {
  const inName = kind.cues.find((cue) => findPhrase(name, cue) >= 0);
  const inTags = kind.cues.find((cue) => tags.some((tag) => findPhrase(tag, cue) >= 0));
  return [
    ...(inName === undefined ? [] : [argument('by-name', { word: inName }, 0.35)]),
    ...(inTags === undefined ? [] : [argument('by-tag', { word: inTags }, 0.35)]),
  ];
}

function shapeArguments(kind: ModelKind, { extension, evidence: { sizeBytes } }: Facts): readonly Argument[] {
  const found: Argument[] = [];
  if (extension !== undefined && extension !== '' && kind.extensions.length > 0) {
    const isOne = kind.extensions.includes(extension);
    const isTelling = modelKinds.filter(({ extensions }) => extensions.includes(extension)).length <= FEW;
    if (isOne) found.push(argument('by-extension', { extension }, isTelling ? 0.3 : 0.05));
    else found.push({ ...argument('not-extension', { extension }), against: 0.3 });
  }
  if (sizeBytes !== undefined) {
    const [least, most] = kind.sizeMb;
    const params = { size: sizeBytes, least: least * MB, most: most * MB };
    const isUsual = sizeBytes >= least * MB && sizeBytes <= most * MB;
    found.push(isUsual ? argument('by-size', params, 0.05) : { ...argument('not-size', params), against: 0.5 });
  }
  return found;
}

function argument(name: string, params: MessageParams, weight?: number): Argument {
  return { reason: { code: `models.kind.${name}`, params }, ...(weight === undefined ? {} : { for: weight }) };
}

/** Independent reasons add up without ever being certain; undefined when none speaks for it. */
function weigh(kind: string, ceiling: number, found: readonly Argument[]): InferredKind | undefined {
  if (!found.some((one) => one.for !== undefined)) return undefined;
  const doubt = found.reduce((rest, one) => rest * (1 - (one.for ?? 0)), 1);
  const damped = found.reduce((rest, one) => rest * (one.against ?? 1), 1 - doubt);
  return { kind, confidence: Math.round(damped * ceiling * 100) / 100, reasons: found.map(({ reason }) => reason) };
}

function rank({ kind }: InferredKind): number {
  return kindNamed(kind)?.parent === null ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
