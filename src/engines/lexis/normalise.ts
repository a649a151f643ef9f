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

export function normalise(original: string): Normalised {
  const folding = new Folding();
  let at = 0;
  while (at < original.length) {
    const unit = original.charCodeAt(at);
    const plain = plainTwins[unit];
    if (plain !== undefined && plain !== '' && standsAlone(original.charCodeAt(at + 1))) {
      if (isIdeograph(unit) || isLetterOrBlank(unit)) folding.append(plain, at, at + 1);
      else folding.add(plain, at, at + 1);
      at += 1;
      continue;
    }
    cluster.lastIndex = at;
    const source = cluster.exec(original)?.[0] ?? original.charAt(at);
    for (const char of plainForm(source)) folding.add(char, at, at + source.length);
    at += source.length;
  }
  return folding.finished();
}

/** A base character with the marks that belong to it, half-width voicing marks included: ｶﾞ is one ガ. */
const cluster = /[\s\S][\p{M}\uff9e\uff9f]*/uy;

/** Whether a unit, or the end of the text (NaN), is surely no mark: all below U+0300, kana, and common ideographs. */
function standsAlone(unit: number): boolean {
  return (
    !(unit >= 0x300) || (unit >= 0x30a1 && unit <= 0x30fe) || (unit >= 0x3041 && unit <= 0x3096) || isIdeograph(unit)
  );
}

function isIdeograph(unit: number): boolean {
  return unit >= 0x4e00 && unit <= 0x9fa5;
}

function isLetterOrBlank(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x20
  );
}

function plainForm(source: string): string {
  if (source.length === 1 && source <= '~') return source.toLowerCase();
  const compatible = source.normalize('NFKC').toLowerCase().replace(/[‐‑−]/gu, '-').replaceAll('’', "'");
  return /^\p{Script=Latin}/u.test(compatible) ? compatible.normalize('NFD').replace(/\p{M}/gu, '') : compatible;
}

/**
 * What stands for a unit that needs no look at its neighbours' marks: ASCII, kana and ideographs, which are nearly all of
 * what is written here; undefined or empty for any other.
 */
const plainTwins: readonly string[] = Array.from({ length: 0x9fa6 }, (_, unit) => {
  const isKana = (unit >= 0x3041 && unit <= 0x3096) || (unit >= 0x30a1 && unit <= 0x30fa);
  const char = String.fromCharCode(unit);
  if (unit <= 0x7e) return char.toLowerCase();
  return isKana || isIdeograph(unit) ? char : '';
});

const longMarks = new Set('ー-‐‑‒–—―−─～〜~・');
const bVowels: Readonly<Record<string, string>> = { ア: 'バ', イ: 'ビ', エ: 'ベ', オ: 'ボ' };
const largeOf: ReadonlyMap<string, string> = new Map(
  Array.from('ァィゥェォッャュョヮヵヶヂヅヰヱ', (small, place) => [
    small,
    'アイウエオツヤユヨワカケジズイエ'.charAt(place),
  ]),
);

/** Hiragana letters and iteration marks sit 0x60 below their katakana; small kana become large ones. */
const largeKatakanaOf: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 0x30fb - 0x3041 }, (_, place) => {
    const char = String.fromCharCode(0x3041 + place);
    const isHiragana = (char >= 'ぁ' && char <= 'ゖ') || char === 'ゝ' || char === 'ゞ';
    const katakana = isHiragana ? String.fromCharCode(0x30a1 + place) : char;
    return [char, largeOf.get(katakana) ?? katakana];
  }),
);

/** The folded characters so far; one of more than a unit takes several places of `starts` and `ends` only at the end. */
class Folding {
  readonly #chars: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #hasPairs = false;
  #hasBareV = false;

  /** What no neighbour changes. */
  append(char: string, start: number, end: number): void {
    this.#chars.push(char);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  add(plain: string, start: number, end: number): void {
    const chars = this.#chars;
    const char = plain > '~' ? (largeKatakanaOf.get(plain) ?? plain) : plain;
    const last = chars.length - 1;
    const previous = chars[last];
    if (previous !== undefined && isKatakana(previous)) {
      const merged = mergedInto(previous, char);
      if (merged !== undefined) {
        chars[last] = merged;
        this.#ends[last] = end;
        return;
      }
    }
    const added = repeated(previous, char) ?? char;
    this.append(added, start, end);
    if (added === 'ヴ') this.#hasBareV = true;
    if (added.length > 1) this.#hasPairs = true;
  }

  finished(): Normalised {
    // A ヴ that met no vowel is ヴ as in ヴュー.
    const chars = this.#hasBareV ? this.#chars.map((char) => (char === 'ヴ' ? 'ブ' : char)) : this.#chars;
    const text = chars.join('');
    if (!this.#hasPairs) return { text, starts: this.#starts, ends: this.#ends };
    return { text, starts: perUnit(chars, this.#starts), ends: perUnit(chars, this.#ends) };
  }
}

function perUnit(chars: readonly string[], places: readonly number[]): readonly number[] {
  return chars.flatMap((char, index) => Array.from({ length: char.length }, () => places[index] ?? 0));
}

/** What `char` turns the kana before it into, when it is no letter of its own there: サー → サ, ブァ (from ヴァ) → バ. */
function mergedInto(previous: string, char: string): string | undefined {
  if (longMarks.has(char)) return previous;
  return previous === 'ヴ' ? bVowels[char] : undefined;
}

function repeated(previous: string | undefined, char: string): string | undefined {
  if (previous === undefined || char < '々' || char > 'ヾ') return undefined;
  if (char === '々' && /\p{Script=Han}/u.test(previous)) return previous;
  if (char === 'ヽ' && isKatakana(previous)) return previous;
  return char === 'ヾ' && isKatakana(previous) ? `${previous}\u3099`.normalize('NFC').charAt(0) : undefined;
}

function isKatakana(char: string): boolean {
  return char >= 'ァ' && char <= 'ヺ';
}
