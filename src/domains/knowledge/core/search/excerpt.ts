import { patternSnippet, type Query, type Snippet, snippet } from '#engines/lexis';

const chunkLength = 800;
/** Longer than a snippet, so that each fits into one chunk as a whole. */
const overlap = 200;
const mostChunks = 60;

/**
 * A snippet that shows what was asked for. Where patterns of the words find none, the text is analysed, as far as needed:
 * that takes a quarter of a millisecond per kilobyte, but finds parts of words, too.
 */
export function excerptOf(text: string, query: Query): Snippet {
  const quick = patternSnippet(text, query);
  if (quick !== undefined) return quick;
  let best = snippetIn(text, 0, query);
  for (let chunk = 1; chunk < mostChunks; chunk += 1) {
    const start = chunk * (chunkLength - overlap);
    if (best.ranges.length >= query.wanted.length || start + overlap >= text.length) return best;
    const next = snippetIn(text, start, query);
    if (next.ranges.length > best.ranges.length) best = next;
  }
  return best;
}

/** Of whole characters only; the place it was taken from is one of the whole text. */
function snippetIn(text: string, from: number, query: Query): Snippet {
  const start = from + (/^[\udc00-\udfff]/.test(text.charAt(from)) ? 1 : 0);
  const chunk = text.slice(start, from + chunkLength).replace(/[\ud800-\udbff]$/, '');
  const found = snippet(chunk, query);
  return { ...found, source: { start: found.source.start + start, end: found.source.end + start } };
}
