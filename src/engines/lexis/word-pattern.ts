/** A word of a query as something to look for in the original text, in every spelling that folds to the same. */
import { analyse } from './analyse.ts';
import { stemEnglish } from './english-stem.ts';
import { normalise } from './normalise.ts';
import { wordSegmenter } from './word-segmenter.ts';

/** Where a word stands, as offsets into text in its compatibility form, and whether borders of words are there. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** 1: a word of its own; less where it begins or ends in the middle of another: 京都 in 東京都. */
  readonly fit: number;
}

export interface WordPattern {
  readonly length: number;
  find(text: string, most: number): readonly Place[];
  /** Without a look at the borders: for choosing what to show. */
  spans(text: string, most: number): ReadonlyArray<Omit<Place, 'fit'>>;
}

/** The form of a text in which patterns look. */
export function searchableForm(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Undefined for what holds neither letters nor digits. */
export function wordPattern(word: string): WordPattern | undefined {
  const all = analyse(word);
  const terms = all.filter((term) => term.position !== undefined);
  const [first] = all;
  if (first === undefined) return undefined;
  // C# is more than its letter.
  if (terms.length === 1 && all.length === 1 && first.kind === 'word') return latinPattern(first.surface);
  if (terms.every((term) => term.kind === 'japanese')) return japanesePattern(word);
  return codePattern(searchableForm(word).trim());
}

/** Words with the same stem begin alike, but for a last letter: queries, query. */
function latinPattern(surface: string): WordPattern {
  const stem = stemEnglish(surface);
  const beginning = stem.length > 3 ? stem.slice(0, -1) : stem;
  const pattern = new RegExp(`(?<![a-z])${escaped(beginning)}[a-z]*(?:'s)?`, 'g');
  return {
    length: surface.length,
    spans: spansOf(pattern, (found) => stemEnglish(found) === stem),
    find: (text, most) =>
      limited(text.matchAll(pattern), most, (match) => {
        if (stemEnglish(match[0]) !== stem) return undefined;
        const fit = match[0] === surface ? 1 : sameStemFit;
        return { start: match.index, end: match.index + match[0].length, fit };
      }),
  };
}

function codePattern(code: string): WordPattern {
  const loose = escaped(code).replaceAll(/(?:\\?[\s\-_.])+/g, String.raw`[\s\-_.]?`);
  const pattern = new RegExp(`(?<![a-z0-9])${loose}(?![a-z0-9])`, 'g');
  return {
    length: code.length,
    spans: spansOf(pattern),
    find: (text, most) =>
      limited(text.matchAll(pattern), most, (match) => ({
        start: match.index,
        end: match.index + match[0].length,
        fit: 1,
      })),
  };
}

function japanesePattern(word: string): WordPattern {
  const folded = Array.from(normalise(word).text);
  const pattern = new RegExp(`${folded.map(spellings).join(longMark)}${longMark}`, 'gu');
  return {
    length: folded.length,
    spans: spansOf(pattern),
    find: (text, most) =>
      limited(text.matchAll(pattern), most, (match) => {
        const place = { start: match.index, end: match.index + match[0].length };
        return { ...place, fit: fitOf(text, place) };
      }),
  };
}

const longMark = '[ー‐‑–—―−─・]*';

/** Each kana with all that fold to it. */
const kanaFoldingTo: ReadonlyMap<string, string> = new Map(
  Map.groupBy(
    Array.from({ length: 0x30fa - 0x3041 + 1 }, (_, place) => String.fromCodePoint(0x3041 + place)).filter((char) =>
      /[ぁ-ゖァ-ヺ]/u.test(char),
    ),
    (char) => normalise(char).text,
  )
    .entries()
    .map(([folded, chars]) => [folded, `[${chars.join('')}]`]),
);

function spellings(char: string): string {
  return kanaFoldingTo.get(char) ?? escaped(char);
}

function spansOf(pattern: RegExp, isMeant: (found: string) => boolean = () => true): WordPattern['spans'] {
  return (text, most) =>
    text
      .matchAll(pattern)
      .filter(([found]) => isMeant(found))
      .take(most)
      .map(({ 0: found, index }) => ({ start: index, end: index + found.length }))
      .toArray();
}

function limited(
  matches: Iterable<RegExpExecArray>,
  most: number,
  placeOf: (match: RegExpExecArray) => Place | undefined,
): readonly Place[] {
  const places: Place[] = [];
  for (const match of matches) {
    const place = placeOf(match);
    if (place !== undefined) places.push(place);
    if (places.length === most) break;
  }
  return places;
}

const sameStemFit = 0.9;
/** データ in データベース is at least what the word is about; ログ in ブログ is not. */
const beginningFit = 0.35;
const endFit = 0.15;
const noBorderFit = 0.05;
/** Enough of the neighbourhood for the dictionary to cut as it does in the whole sentence. */
const neighbourhood = 8;
/** Where the script changes there is a border; within kanji or kana the dictionary of ICU is asked. */
function fitOf(text: string, { start, end }: Omit<Place, 'fit'>): number {
  const opens = !sameScript(text.charAt(start - 1), text.charAt(start));
  const closes = !sameScript(text.charAt(end - 1), text.charAt(end));
  if (opens && closes) return 1;
  const from = neighbourhoodStart(text, start);
  const window = text.slice(from, end + neighbourhood);
  const borders = bordersIn(window);
  const begins = opens || borders.has(start - from);
  const ends = closes || borders.has(end - from);
  if (begins) return ends ? 1 : beginningFit;
  return ends ? endFit : noBorderFit;
}

/** Asking the dictionary is most of the work of ordering, and the same words stand beside a word again and again. */
const knownBorders = new Map<string, ReadonlySet<number>>();
const mostKnown = 5000;

function bordersIn(window: string): ReadonlySet<number> {
  const before = knownBorders.get(window);
  if (before !== undefined) return before;
  const borders = new Set([...wordSegmenter().segment(window)].map(({ index }) => index)).add(window.length);
  if (knownBorders.size >= mostKnown) knownBorders.clear();
  knownBorders.set(window, borders);
  return borders;
}

function neighbourhoodStart(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - neighbourhood), start);
  const border = /[^一-龥々ァ-ヺーぁ-ゖ](?=[一-龥々ァ-ヺーぁ-ゖ]*$)/u.exec(before);
  return border === null ? Math.max(0, start - neighbourhood) : start - before.length + border.index + 1;
}

const withinOneScript = /^(?:[一-龥々]{2}|[ァ-ヺー]{2}|[ぁ-ゖー]{2})$/u;

function sameScript(a: string, b: string): boolean {
  return withinOneScript.test(a + b);
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`);
}
