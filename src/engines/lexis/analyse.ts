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
  const sink: Sink = { sequence: [], wholes: [] };
  for (const match of source.text.matchAll(runs)) {
    const run = { text: match[0], at: match.index };
    if (match.groups?.['japanese'] !== undefined) addJapanese(source, run, sink);
    else addCompound(source, run, sink);
  }
  return [...sink.sequence, ...sink.wholes];
}

interface Source extends Normalised {
  readonly original: string;
}

interface Run {
  readonly text: string;
  /** Offset in the normalised text. */
  readonly at: number;
}

interface Sink {
  readonly sequence: Term[];
  readonly wholes: Term[];
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
  const chars = Array.from(run.text);
  let at = run.at;
  for (const [index, char] of chars.entries()) {
    const text = char + (chars[index + 1] ?? '');
    addTerm(source, { text, at }, { kind: 'japanese', text }, sink);
    if (isShortWord(source, at)) {
      sink.wholes.push({ ...spanOf(source, { text: char, at }), ...whole(`${char}ー`, 'japanese') });
    }
    at += char.length;
  }
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

function addCompound(source: Source, run: Run, sink: Sink): void {
  const text = run.text.replace(/^'+|(?<!')'+$/g, '');
  if (text === '') return;
  const trimmed = { text, at: run.at + run.text.indexOf(text) };
  if (/^[\d,]+$/.test(text)) {
    addTerm(source, trimmed, { kind: 'number', text: text.replaceAll(',', '') }, sink);
    return;
  }
  const parts = partsOf(trimmed);
  for (const part of parts) {
    const kind = /^\p{N}+$/u.test(part.text) ? 'number' : 'word';
    addTerm(source, part, { kind, text: part.text.slice(0, longestTerm) }, sink);
  }
  const isWhole = parts.length === 1 && parts[0]?.text === text;
  if (!isWhole && text.length <= longestTerm) {
    sink.wholes.push({ ...spanOf(source, trimmed), ...whole(text, 'code') });
  }
}

function whole(text: string, kind: Term['kind']): Pick<Term, 'text' | 'surface' | 'kind' | 'position'> {
  return { text, surface: text, kind, position: undefined };
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

function addTerm(source: Source, run: Run, { kind, text }: Pick<Term, 'kind' | 'text'>, sink: Sink): void {
  sink.sequence.push({
    ...spanOf(source, run),
    text: kind === 'word' ? stemEnglish(text) : text,
    surface: text,
    kind,
    position: sink.sequence.length,
  });
}

function spanOf({ starts, ends }: Source, run: Run): Pick<Term, 'start' | 'end'> {
  return { start: starts[run.at] ?? 0, end: ends[run.at + run.text.length - 1] ?? 0 };
}
