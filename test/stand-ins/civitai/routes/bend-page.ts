/** Faults of lists: pages that overlap, repeat, shrink, come empty or lead back to themselves. */
import type { CatalogueModel } from '../catalogue/entities.ts';
import type { Fault } from '../faults/fault.ts';

export interface Page {
  readonly models: readonly CatalogueModel[];
  readonly nextCursor: string | undefined;
}

interface Request {
  readonly effects: Fault;
  /** The cursor as it was sent. */
  readonly asked: string | undefined;
  /** A cursor that leads to the beginning of this page. */
  readonly start: string;
}

export function servedSize({ serveAtMost = Number.POSITIVE_INFINITY }: Fault, limit: number): number {
  return Math.min(serveAtMost, limit);
}

/** How many items at the end of a page the next one begins with; never all, or nobody would ever arrive. */
export function overlapOf({ repeatLastItem, overlapItems }: Fault, size: number): number {
  return Math.max(0, Math.min(overlapItems ?? (repeatLastItem === true ? 1 : 0), size - 1));
}

export function bendPage(page: Page, { effects, asked, start }: Request): Page {
  if (effects.emptyPage === true) return { models: [], nextCursor: asked === undefined ? start : respelled(asked) };
  const models = [...page.models, ...page.models.slice(0, effects.doubleItems ?? 0)];
  return { models, nextCursor: effects.sameCursor === true ? (asked ?? start) : page.nextCursor };
}

/** The same place under another name. */
function respelled(cursor: string): string {
  return cursor.includes('.') ? `${cursor}0` : `${cursor}.0`;
}
