/** What strangers wrote, on its way to a language model. */

/**
 * Letters that nobody sees and a model reads all the same: tag characters (which spell hidden ASCII) and signs that turn
 * the direction of writing.
 */
const unseen = /[\u{E0000}-\u{E007F}\u202A-\u202E\u2066-\u2069]/gu;

/** Every text in a value without such letters. */
export function visibleOnly(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(unseen, '');
  if (Array.isArray(value)) return value.map(visibleOnly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, visibleOnly(one)]));
}

export interface Part {
  readonly text: string;
  /** UTF-16 units of the whole. */
  readonly length: number;
  /** Where to go on; null at the end. */
  readonly nextOffset: number | null;
}

/** A piece of a long text, never half a character. */
export function partOf(text: string, offset: number, most: number): Part {
  const from = isInsidePair(text, offset) ? offset - 1 : offset;
  const to = Math.min(text.length, from + most);
  const end = isInsidePair(text, to) ? to - 1 : to;
  return { text: text.slice(from, end), length: text.length, nextOffset: end < text.length ? end : null };
}

function isInsidePair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff;
}
