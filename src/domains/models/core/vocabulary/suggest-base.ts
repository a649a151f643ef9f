/** Which base model a text speaks of, for versions whose field is empty (M-005): never more than a suggestion. */
import { baseFamilies } from './base-models.ts';
import { mergeHints } from './merge-hints.ts';
import { findPhrase, type TextWords, wordsOf } from './word-run.ts';

export interface BaseSuggestion {
  /** Null where only the family is told: by the name of a merge. */
  readonly base: string | null;
  readonly family: string;
  /** 0–1; never enough to be taken for granted. */
  readonly confidence: number;
  /** The words it was found by. */
  readonly found: string;
}

interface Phrase {
  readonly text: string;
  readonly base: string | null;
  readonly family: string;
  readonly confidence: number;
}

/** Base models whose names are ordinary words of a description. */
const ordinary: ReadonlySet<string> = new Set(['Other', 'Upscaler', 'Lens', 'MAI', 'ODOR', 'OpenAI']);

/** Longest first, so that `Pony V7` is never read as `Pony`; the order of the data settles ties. */
const phrases: readonly Phrase[] = [
  ...baseFamilies.flatMap(({ id, bases }) =>
    bases
      .filter(({ name }) => !ordinary.has(name))
      .flatMap(({ name, aliases, hints }) => [
        ...[name, ...aliases].map((text) => phrase(text, name, id, weightOf(text))),
        ...hints.map((text) => phrase(text, name, id, 0.3)),
      ]),
  ),
  ...Object.entries(mergeHints).flatMap(([family, names]) => names.map((text) => phrase(text, null, family, 0.35))),
].sort((a, b) => lengthOf(b) - lengthOf(a));

/** Surest first; each base once. A text that speaks of several leaves all of them in doubt. */
export function suggestBase(text: string): readonly BaseSuggestion[] {
  let rest = wordsOf(text);
  const found: Phrase[] = [];
  for (const one of phrases) {
    while (findPhrase(rest, one.text) >= 0) {
      rest = without(rest, one.text);
      if (!found.some(({ base, family }) => base === one.base && family === one.family)) found.push(one);
    }
  }
  const families = new Set(found.map(({ family }) => family));
  return found
    .map(({ base, family, confidence, text: words }) => ({
      base,
      family,
      confidence: Math.round((confidence / families.size) * 100) / 100,
      found: words,
    }))
    .sort((a, b) => b.confidence - a.confidence);
}

function phrase(text: string, base: string | null, family: string, confidence: number): Phrase {
  return { text, base, family, confidence };
}

/** Two words or more are hardly there by chance, three letters easily. */
function weightOf(text: string): number {
  const { words, folded } = wordsOf(text);
  if (words.length > 1) return 0.75;
  return folded.length > 3 ? 0.5 : 0.3;
}

function lengthOf({ text }: Phrase): number {
  return wordsOf(text).words.join('').length;
}

/** What was read once is not read again as something shorter. */
function without({ words, folded }: TextWords, found: string): TextWords {
  const wanted = wordsOf(found);
  const start = findPhrase({ words, folded: '' }, found);
  const kept = start < 0 ? words : words.toSpliced(start, wanted.words.length, '');
  return { words: kept, folded: folded.replace(wanted.folded, ' ') };
}
