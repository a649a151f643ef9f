/** The sentences of a piece of Markdown as people read them, each with where it stands. */
import type { SummaryLine } from '../../contract/index.ts';
import { fenceAfter, type Section } from '../asking/passages-of.ts';

/** Characters of a sentence; longer ones are cut. */
const longest = 100;
/** Of one line of Markdown: a longer one is cut anyway, and no pattern has to look at all of it. */
const longestLine = 2000;
const mostSentences = 20;

/** Code, tables, pictures and hints of templates tell nothing by themselves and are left out. */
export function plainSentences(
  body: string,
  { heading, start, end }: Section,
  hints: ReadonlySet<string>,
): readonly SummaryLine[] {
  const found: SummaryLine[] = [];
  let fence: string | undefined;
  let at = start;
  for (const line of body.slice(start, end).split('\n')) {
    const before = fence;
    fence = fenceAfter(line, fence);
    const text = before === undefined && fence === undefined ? plainText(line.slice(0, longestLine)) : '';
    if (text !== '' && !hints.has(text)) {
      for (const sentence of sentencesOf(text)) found.push({ heading, ...shortened(sentence), start: at });
    }
    if (found.length >= mostSentences) break;
    at += line.length + 1;
  }
  return found;
}

/** A closing fence is a line of marks only and ends as nothing, like rules and rows of tables. */
function plainText(line: string): string {
  if (/^\s*(?:\||[-=*_`~]{3,}\s*$|!\[|#{1,6}\s)/u.test(line)) return '';
  return line
    .replace(/^[ \t>]{0,40}(?:[-*+][ \t]|\d{1,9}[.)][ \t])?(?:\[[ xX]\][ \t])?/u, '')
    .replaceAll(/!?\[([^\]]{0,200})\]\([^)]{0,500}\)/gu, '$1')
    .replaceAll(/\*\*|__|`/gu, '')
    .trim()
    .replace(/^[*_]([^*_]{1,300})[*_]$/u, '$1');
}

/** In Japanese a full stop ends one, elsewhere a stop with a space behind it. */
function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[。！？])|(?<=[.!?])\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function shortened(sentence: string): Pick<SummaryLine, 'text' | 'isCut'> {
  const letters = Array.from(sentence);
  if (letters.length <= longest) return { text: sentence, isCut: false };
  return { text: `${letters.slice(0, longest - 1).join('')}…`, isCut: true };
}
