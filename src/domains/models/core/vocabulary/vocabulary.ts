/** The words a search understands right now: those Kura came with and those it learned from the site. */
import { KuraError, type MessageParams } from '#kernel/errors';

import { findWord, nearestWords, plainWord, type SpelledWord } from '../../contract/index.ts';
import { basesOfFamily, baseWords, familyWords } from './base-models.ts';
import { formatWords } from './file-formats.ts';
import { typeWords } from './model-kinds.ts';
import { confidenceOf, type ObservedKind, type ObservedValue, TRUSTED } from './observed-value.ts';

/** Kinds of words that people type into filters and that the site may add to. */
export type OpenKind = Extract<ObservedKind, 'type' | 'base' | 'format'>;

export interface ResolvedName {
  /** As the site spells it, or as it was typed when nobody here knows it: it is asked for in any case. */
  readonly value: string;
  readonly known: boolean;
  /** 1 for words Kura came with, 0 for unknown ones. */
  readonly confidence: number;
  /** What may have been meant; only for unknown ones. */
  readonly suggestion: string | undefined;
}

/** Message code and parameters. */
export interface NameWarning {
  readonly code: string;
  readonly params: MessageParams;
}

export interface Vocabulary {
  /** Every spelling of a name, learned ones included. Never an error: what is new upstream must be askable today. */
  resolve(kind: OpenKind, text: string): ResolvedName;
  /** What to tell the person who typed this; undefined for words that are taken for granted. */
  warningFor(kind: OpenKind, text: string): NameWarning | undefined;
}

const ownWords: Readonly<Record<OpenKind, readonly SpelledWord[]>> = {
  type: typeWords,
  base: baseWords,
  format: formatWords,
};
const familyPrefix = /^family:\s*/iu;

/** Without anything learned: what Kura came with. */
export function createVocabulary(learned: readonly ObservedValue[] = []): Vocabulary {
  function resolve(kind: OpenKind, text: string): ResolvedName {
    const wanted = plainWord(text);
    const seen = learned.find((one) => one.kind === kind && plainWord(one.value) === wanted);
    if (seen !== undefined) return known(seen.value, confidenceOf(seen));
    const own = findWord(text, ownWords[kind]);
    if (own !== undefined) return known(own.word, 1);
    const words = [...ownWords[kind], ...learned.filter((one) => one.kind === kind).map(wordOf)];
    return { value: text.trim(), known: false, confidence: 0, suggestion: nearestWords(text, words)[0] };
  }
  return {
    resolve,
    warningFor(kind, text) {
      if (kind === 'base' && familyPrefix.test(text)) return undefined;
      const { value, known: isKnown, confidence, suggestion } = resolve(kind, text);
      if (confidence >= TRUSTED) return undefined;
      if (isKnown) return { code: `models.new-${kind}`, params: { name: value } };
      if (suggestion === undefined) return { code: `models.unknown-${kind}`, params: { name: value } };
      return { code: `models.unknown-${kind}-near`, params: { name: value, suggestion } };
    },
  };
}

/**
 * Base models that a word of the filter stands for: `family:sdxl` for all of that family, anything else for itself.
 * @throws KuraError invalid `models.unknown-family`: a family is ours, the site cannot be asked for it
 */
export function expandBase(text: string, vocabulary: Vocabulary): readonly string[] {
  if (!familyPrefix.test(text)) return [vocabulary.resolve('base', text).value];
  const family = text.replace(familyPrefix, '').trim();
  const bases = basesOfFamily(family);
  if (bases !== undefined) return bases;
  const near = nearestWords(family, familyWords);
  throw new KuraError('invalid', 'models.unknown-family', {
    params: { family, families: (near.length > 0 ? near : familyWords.map(({ word }) => word)).join(', ') },
  });
}

function known(value: string, confidence: number): ResolvedName {
  return { value, known: true, confidence, suggestion: undefined };
}

function wordOf({ value }: ObservedValue): SpelledWord {
  return { word: value, aliases: [] };
}
