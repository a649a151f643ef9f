/**
 * The English stemmer of the Snowball project ("Porter2", https://snowballstem.org/algorithms/english/stemmer.html),
 * as published in 2002. Words are lower case; anything but a–z and the apostrophe is left alone.
 */
const vowel = /[aeiouy]/;
const shortSyllable = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/;
const doubles = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;

/** A map, not an object: `constructor` is a word too. */
const wholeWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
  }),
);
const unchanging = new Set(['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes']);
const unchangingAfterPlural = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;

/** The words of a language come again and again; a bounded memory of them saves most of the work on a text. */
const known = new Map<string, string>();
const mostKnown = 50_000;

export function stemEnglish(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const stem = stemOf(word);
  if (known.size >= mostKnown) known.clear();
  if (word.length <= 40) known.set(word, stem);
  return stem;
}

function stemOf(word: string): string {
  if (word.length <= 2 || !/^[a-z']+$/.test(word) || unchanging.has(word)) return word;
  const whole = wholeWords.get(word);
  if (whole !== undefined) return whole;
  // Y stands for a y that is a consonant: at the start or after a vowel.
  const prepared = word
    .replace(/^'/, '')
    .replace(/^y/, 'Y')
    .replace(/([aeiouy])y/g, '$1Y');
  const regions = regionsOf(prepared);
  const singular = withoutPlural(prepared.replace(/'(?:s'?)?$/, ''));
  if (unchangingAfterPlural.test(singular)) return singular;
  const base = finalY(withoutPastOrGerund(singular, regions));
  return withoutLastLetter(shorten(base, regions), regions).toLowerCase();
}

/** Where R1 and R2 begin; a suffix is "in" a region when it starts at or after that place. */
interface Regions {
  readonly r1: number;
  readonly r2: number;
}

function regionsOf(word: string): Regions {
  const special = /^(?:gener|commun|arsen)/.exec(word);
  const r1 = special === null ? afterVowelConsonant(word, 0) : special[0].length;
  return { r1, r2: afterVowelConsonant(word, r1) };
}

function afterVowelConsonant(word: string, from: number): number {
  const match = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return match === null ? word.length : from + match.index + 2;
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(word)) return word;
  return word.endsWith('s') && vowel.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function withoutPastOrGerund(word: string, { r1 }: Regions): string {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed !== null) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word;
  const suffix = /(?:ed|edly|ing|ingly)$/.exec(word);
  if (suffix === null) return word;
  const stem = word.slice(0, suffix.index);
  if (!vowel.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (doubles.test(stem)) return stem.slice(0, -1);
  return r1 >= stem.length && endsInShortSyllable(stem) ? `${stem}e` : stem;
}

function endsInShortSyllable(word: string): boolean {
  return shortSyllable.test(word);
}

function finalY(word: string): string {
  return /.[^aeiouy][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

/** Longest suffix first: the first that matches decides, whether or not it may be taken away. */
const derivations: ReadonlyArray<readonly [suffix: string, replacement: string]> = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
];
const qualities: ReadonlyArray<readonly [suffix: string, replacement: string]> = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ative', ''],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];
const endings = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic|(?<=[st])ion)$/;

function shorten(word: string, { r1, r2 }: Regions): string {
  const plain = withoutQuality(withoutDerivation(word, r1), r1, r2);
  const ending = endings.exec(plain);
  return ending !== null && ending.index >= r2 ? plain.slice(0, ending.index) : plain;
}

function withoutDerivation(word: string, r1: number): string {
  const match = derivations.find(([suffix]) => word.endsWith(suffix));
  if (match !== undefined) return replaced(word, match, r1);
  if (word.endsWith('logi')) return replaced(word, ['ogi', 'og'], r1);
  return /[cdeghkmnrt]li$/.test(word) ? replaced(word, ['li', ''], r1) : word;
}

function withoutQuality(word: string, r1: number, r2: number): string {
  const match = qualities.find(([suffix]) => word.endsWith(suffix));
  if (match === undefined) return word;
  return replaced(word, match, match[0] === 'ative' ? r2 : r1);
}

function replaced(word: string, [suffix, replacement]: readonly [string, string], region: number): string {
  const at = word.length - suffix.length;
  return at >= region ? word.slice(0, at) + replacement : word;
}

function withoutLastLetter(word: string, { r1, r2 }: Regions): string {
  const at = word.length - 1;
  if (word.endsWith('e')) {
    return at >= r2 || (at >= r1 && !endsInShortSyllable(word.slice(0, -1))) ? word.slice(0, -1) : word;
  }
  return word.endsWith('ll') && at >= r2 ? word.slice(0, -1) : word;
}
