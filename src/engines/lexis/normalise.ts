/**
 * One spelling for what people write in several: width, case, kana kind, long marks, small kana, iteration marks,
 * accents. Every character of the result remembers which part of the original it stands for, because highlights are
 * drawn on the original. The folds look at neighbouring characters only, never at word borders, so that a word folds
 * the same alone and inside a compound.
 */
export interface Normalised {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where its source begins in the original. */
  readonly starts: readonly number[];
  /** For each UTF-16 unit of `text`: where its source ends in the original. */
  readonly ends: readonly number[];
}

interface FoldedChar {
  char: string;
  readonly start: number;
  end: number;
}

export function normalise(original: string): Normalised {
  const folded: FoldedChar[] = [];
  for (const { 0: source, index: start } of original.matchAll(cluster)) {
    for (const char of plainForm(source)) fold(folded, { char, start, end: start + source.length });
  }
  const starts: number[] = [];
  const ends: number[] = [];
  for (const entry of folded) {
    const { start, end } = entry;
    // A ヴ that met no vowel is ヴ as in ヴュー.
    if (entry.char === 'ヴ') entry.char = 'ブ';
    const { char } = entry;
    for (let unit = 0; unit < char.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
  }
  return { text: folded.map(({ char }) => char).join(''), starts, ends };
}

/** A base character with the marks that belong to it, half-width voicing marks included: ｶﾞ is one ガ. */
const cluster = /[\s\S][\p{M}\uff9e\uff9f]*/gu;

function plainForm(source: string): string {
  if (source.length === 1 && source <= '~') return source.toLowerCase();
  // Letters of Japanese that are their own compatibility form, which is nearly all of them.
  if (/^[ぁ-ゖァ-ヺ一-\u9fa5]$/.test(source)) return source;
  const compatible = source.normalize('NFKC').toLowerCase().replace(/[‐‑−]/gu, '-').replaceAll('’', "'");
  return /^\p{Script=Latin}/u.test(compatible) ? compatible.normalize('NFD').replace(/\p{M}/gu, '') : compatible;
}

const longMarks = new Set('ー-‐‑‒–—―−─～〜~');
const bVowels: Readonly<Record<string, string>> = { ア: 'バ', イ: 'ビ', エ: 'ベ', オ: 'ボ' };
const largeOf: ReadonlyMap<string, string> = new Map(
  Array.from('ァィゥェォッャュョヮヵヶヂヅヰヱ', (small, place) => [
    small,
    'アイウエオツヤユヨワカケジズイエ'.charAt(place),
  ]),
);

function fold(folded: FoldedChar[], source: FoldedChar): void {
  const previous = folded.at(-1);
  const char = largeKana(toKatakana(source.char));
  if (previous !== undefined && isKatakana(previous.char)) {
    const merged = mergedInto(previous.char, char);
    if (merged !== undefined) {
      previous.char = merged;
      previous.end = source.end;
      return;
    }
  }
  folded.push({ ...source, char: repeated(previous?.char, char) ?? char });
}

/** What `char` turns the kana before it into, when it is no letter of its own there: サー → サ, ブァ (from ヴァ) → バ. */
function mergedInto(previous: string, char: string): string | undefined {
  if (longMarks.has(char) || char === '・') return previous;
  return previous === 'ヴ' ? bVowels[char] : undefined;
}

function repeated(previous: string | undefined, char: string): string | undefined {
  if (previous === undefined) return undefined;
  if (char === '々' && /\p{Script=Han}/u.test(previous)) return previous;
  if (char === 'ヽ' && isKatakana(previous)) return previous;
  return char === 'ヾ' && isKatakana(previous) ? `${previous}\u3099`.normalize('NFC').charAt(0) : undefined;
}

/** Hiragana letters and iteration marks sit 0x60 below their katakana. */
function toKatakana(char: string): string {
  return (char >= 'ぁ' && char <= 'ゖ') || char === 'ゝ' || char === 'ゞ'
    ? String.fromCharCode(char.charCodeAt(0) + 0x60)
    : char;
}

function largeKana(char: string): string {
  return isKatakana(char) ? (largeOf.get(char) ?? char) : char;
}

function isKatakana(char: string): boolean {
  return char >= 'ァ' && char <= 'ヺ';
}
