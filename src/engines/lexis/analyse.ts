/**
 * Text → terms, the same function for documents and queries.
 *
 * Runs are split where the script changes (「VPN障害」 is `vpn` and 障害). A Japanese run of n characters gives n terms:
 * its n−1 bigrams and, last, its final character alone. So every character begins exactly one term, and a query of one
 * character is a prefix query – no second layer of single characters is needed. Latin words are stemmed. What is glued
 * from several parts (ORA-01017, TLSv1.3, C:\path, SD15) gives its parts in order and, beside them, itself as a whole.
 */
import { stemEnglish } from './english-stem.ts';
import { type Normalised, normalise } from './normalise.ts';

export interface Term {
  /** Folded and stemmed: what is compared. */
  readonly text: string;
  /** Folded but not stemmed: what a spelling suggestion may show. */
  readonly surface: string;
  readonly kind: 'japanese' | 'word' | 'number' | 'code';
  /** UTF-16 offsets into the original text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /**
   * Place in the sequence of terms, from 0; neighbours in the text are neighbours here. Undefined for a whole that
   * stands beside its parts.
   */
  readonly position: number | undefined;
}

export function analyse(original: string): readonly Term[] {
  const source = { original, ...normalise(original) };
  const [sequence, wholes]: [Term[], Term[]] = [[], []];
  walk(source, {
    part(text, { surface, kind, at, length }) {
      sequence.push({ text, surface, kind, ...spanOf(source, at, length), position: sequence.length });
    },
    whole(text, { kind, at, length }) {
      wholes.push({ text, surface: text, kind, ...spanOf(source, at, length), position: undefined });
    },
  });
  return [...sequence, ...wholes];
}

/** The texts of the same terms: those in order, and the wholes beside them. Where nobody asks for places, it takes half the time. */
export function termTexts(original: string): {
  readonly sequence: readonly string[];
  readonly wholes: readonly string[];
} {
  const [sequence, wholes]: [string[], string[]] = [[], []];
  walk(
    { original, ...normalise(original) },
    {
      part(text) {
        sequence.push(text);
      },
      whole(text) {
        wholes.push(text);
      },
    },
  );
  return { sequence, wholes };
}

interface Found {
  readonly surface: string;
  readonly kind: Term['kind'];
  /** Offset and length in the normalised text. */
  readonly at: number;
  readonly length: number;
}

interface Sink {
  part(text: string, found: Found): void;
  whole(text: string, found: Omit<Found, 'surface'>): void;
}

function walk(source: Source, sink: Sink): void {
  for (const match of source.text.matchAll(runs)) {
    const run = { text: match[0], at: match.index };
    if (match.groups?.['japanese'] !== undefined) addJapanese(source, run, sink);
    else addCompound(run, sink);
  }
}

interface Source extends Normalised {
  readonly original: string;
}

interface Run {
  readonly text: string;
  /** Offset in the normalised text. */
  readonly at: number;
}

/** A whole longer than this is no name people type; its parts remain. PostgreSQL drops lexemes from 2 kB on. */
const longestTerm = 128;

const letter = String.raw`[[\p{L}\p{N}\p{M}']--[\p{Script=Han}ァ-ヺ]]`;
const runs = new RegExp(
  [
    String.raw`(?<japanese>[\p{Script=Han}ァ-ヺ]+)`,
    String.raw`\d{1,3}(?:,\d{3})+(?![\d,])`,
    String.raw`${letter}+(?:[.\-_:\/\\@+#&=]{1,3}${letter}+)*(?:(?<![\p{L}\p{N}]{2})(?:\+\+|#))?`,
  ].join('|'),
  'gv',
);

function addJapanese(source: Source, run: Run, sink: Sink): void {
  let at = run.at;
  let char = characterAt(run.text, 0);
  for (let next = char.length; char !== ''; next += char.length) {
    const following = characterAt(run.text, next);
    const text = char + following;
    sink.part(text, { surface: text, kind: 'japanese', at, length: text.length });
    if (isShortWord(source, at)) sink.whole(`${char}ー`, { kind: 'japanese', at, length: char.length });
    at += char.length;
    char = following;
  }
}

function characterAt(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff ? text.slice(at, at + 2) : text.charAt(at);
}

/** キー and バー would be left with one kana once the long mark is gone; standing alone they are kept as wholes. */
function isShortWord({ original, starts, ends }: Source, at: number): boolean {
  const start = starts[at] ?? 0;
  const end = ends[at] ?? 0;
  if (end - start < 2) return false;
  const katakana = /[ァ-ヺーｦ-ﾟ]/u;
  return (
    /^[ァ-ヺ]ー$/u.test(original.slice(start, end).normalize('NFKC')) &&
    !katakana.test(original.charAt(start - 1)) &&
    !katakana.test(original.charAt(end))
  );
}

function addCompound(run: Run, sink: Sink): void {
  if (/^[a-z]+$/.test(run.text)) {
    addTerm(run, 'word', run.text.slice(0, longestTerm), sink);
    return;
  }
  const text = run.text.replace(/^'+|(?<!')'+$/g, '');
  if (text === '') return;
  const trimmed = { text, at: run.at + run.text.indexOf(text) };
  if (/^[\d,]+$/.test(text)) {
    addTerm(trimmed, 'number', text.replaceAll(',', ''), sink);
    return;
  }
  const parts = partsOf(trimmed);
  for (const part of parts) {
    const kind = /^\p{N}+$/u.test(part.text) ? 'number' : 'word';
    addTerm(part, kind, part.text.slice(0, longestTerm), sink);
  }
  // C++/CUDA holds C++ as well, which has no parts that would tell it from C.
  const signed = /^[a-z](?:\+\+|#)(?=[.\-_:/\\@+#&=])/.exec(text)?.[0];
  if (signed !== undefined) sink.whole(signed, { kind: 'code', at: trimmed.at, length: signed.length });
  const isWhole = parts.length === 1 && parts[0]?.text === text;
  if (!isWhole && text.length <= longestTerm) {
    sink.whole(text, { kind: 'code', at: trimmed.at, length: text.length });
  }
}

function partsOf(run: Run): readonly Run[] {
  return [...run.text.matchAll(/[^.\-_:/\\@+#&=]+/gu)].flatMap((match) =>
    alphanumericParts({ text: match[0], at: run.at + match.index }),
  );
}

/**
 * SD15 → sd 15, so that "SD 15" finds it and the reverse. 0x80070005 loses its prefix, a version its v (TLSv1.3 is
 * "TLS 1.3" as well). What changes kind more than twice is a hash or a key and stays in one piece.
 */
function alphanumericParts(word: Run): readonly Run[] {
  if (/^0x[0-9a-f]{2,}$/.test(word.text)) return [{ text: word.text.slice(2), at: word.at + 2 }];
  const pieces = [...word.text.matchAll(/\d+|\D+/g)].map((match) => ({ text: match[0], at: word.at + match.index }));
  if (pieces.length > 3) return [word];
  return pieces.flatMap((piece, index) => (index < pieces.length - 1 ? withoutVersionMark(piece) : [piece]));
}

function withoutVersionMark(piece: Run): readonly Run[] {
  const match = /^((?:tls|ssl|ip|smb|nfs|snmp|ntlm|http|imap)?)v$/.exec(piece.text);
  if (match === null) return [piece];
  return match[1] === undefined || match[1] === '' ? [] : [{ ...piece, text: match[1] }];
}

function addTerm(run: Run, kind: 'word' | 'number', surface: string, sink: Sink): void {
  const text = kind === 'word' ? stemEnglish(surface) : surface;
  sink.part(text, { surface, kind, at: run.at, length: run.text.length });
}

function spanOf({ starts, ends }: Source, at: number, length: number): Pick<Term, 'start' | 'end'> {
  return { start: starts[at] ?? 0, end: ends[at + length - 1] ?? 0 };
}
