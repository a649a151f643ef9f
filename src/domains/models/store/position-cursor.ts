/** Lists by falling position: the cursor is the last position that was shown. */
import { KuraError } from '#kernel/errors';

/** @throws KuraError `models.bad-cursor`. */
export function readPositionCursor(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const position = Number(cursor);
  if (!Number.isSafeInteger(position) || position < 0) throw new KuraError('invalid', 'models.bad-cursor');
  return position;
}

/** One row more than the page was read: it tells whether there is a next page. */
export function cutPage<Row extends { readonly position: number }>(rows: readonly Row[], limit: number) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last !== undefined ? String(last.position) : undefined };
}
