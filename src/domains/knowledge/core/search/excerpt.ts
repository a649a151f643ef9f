import { type Query, type Snippet, snippet } from '#engines/lexis';

const chunkLength = 800;
/** Longer than a snippet, so that each fits into one chunk as a whole. */
const overlap = 200;
const mostChunks = 60;

/**
 * A snippet out of the first part of a text that shows what was asked for. Analysing a text takes half a millisecond per
 * kilobyte, so a long one is read only as far as needed.
 */
export function excerptOf(text: string, query: Query): Snippet {
  let best = snippet(chunkAt(text, 0), query);
  for (let chunk = 1; chunk < mostChunks; chunk += 1) {
    const start = chunk * (chunkLength - overlap);
    if (best.ranges.length >= query.wanted.length || start + overlap >= text.length) return best;
    const next = snippet(chunkAt(text, start), query);
    if (next.ranges.length > best.ranges.length) best = next;
  }
  return best;
}

/** Whole characters only. */
function chunkAt(text: string, start: number): string {
  return text.slice(start, start + chunkLength).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
