/** The gallery: pages of pictures through our own rules until enough may be shown (models.md M-050). */
import type { Feature, Image, SeenAnswer } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import type { GalleryAnswer, GalleryImage, GalleryQuery } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import { protectedVersionsAmong } from '../../store/gallery-store.ts';
import { rateImage } from '../search/content-rating.ts';
import { startOfPeriod } from '../search/time-window.ts';
import { type GalleryPosition, readGalleryCursor, writeGalleryCursor } from './gallery-cursor.ts';
import { isProtectedSubject, type SubjectDeps } from './gallery-subject.ts';
import { bestFirst } from './order-images.ts';
import { type GalleryPlan, planGallery } from './plan-gallery.ts';
import { presentImage } from './present-image.ts';
import { promptOf } from './read-generation.ts';

export interface GalleryDeps extends SubjectDeps {
  readonly source: ModelSource;
  readonly clock: Clock;
  /** Features of the site that must not be used today; without it none. */
  readonly switchedOff?: () => Promise<readonly Feature[]>;
}

export interface GalleryOutcome extends Omit<GalleryAnswer, 'warnings' | 'error' | 'nextCursor'> {
  /** Codes of messages. */
  readonly warnings: readonly string[];
  readonly error: KuraError | undefined;
  readonly nextCursor: string | undefined;
}

/** Two thousand pictures; then the caller decides whether to go on. */
const PAGE_BUDGET = 20;

/**
 * @throws KuraError `models.gallery-of-what`, `models.gallery-order`, `models.bad-cursor`, `models.excluded`; what the
 * site says when its first page fails. A later page that fails ends the answer with what was found before it.
 */
export async function readGallery(
  deps: GalleryDeps,
  query: GalleryQuery,
  signal: AbortSignal,
): Promise<GalleryOutcome> {
  const plan = planGallery(query, (await deps.switchedOff?.()) ?? []);
  const position = readGalleryCursor(query.cursor);
  const isSortedHere = plan.order.by === 'kura';
  if (isSortedHere && query.cursor !== undefined) throw new KuraError('invalid', 'models.bad-cursor');
  const ofProtected = await isProtectedSubject(deps, query, signal);
  const limit = isSortedHere ? Number.POSITIVE_INFINITY : query.limit;
  const walk = new GalleryWalk(deps, { query, plan, ofProtected, limit });
  const { items, ...outcome } = await walk.run(position, signal);
  if (!isSortedHere) return { ...outcome, items };
  const isCut = outcome.stopped === 'end' && items.length > query.limit;
  return {
    ...outcome,
    items: bestFirst(items, plan.order.used).slice(0, query.limit),
    stopped: isCut ? 'limit' : outcome.stopped,
    nextCursor: undefined,
  };
}

interface Wanted {
  readonly query: GalleryQuery;
  readonly plan: GalleryPlan;
  readonly ofProtected: boolean;
  readonly limit: number;
}

class GalleryWalk {
  readonly #deps: GalleryDeps;
  readonly #wanted: Wanted;
  readonly #items: GalleryImage[] = [];
  readonly #counts = { fetched: 0, recent: 0, shown: 0 };
  readonly #since: number | undefined;
  #sent: GalleryAnswer['sent'] = [];
  #asOf: Instant | null = null;

  constructor(deps: GalleryDeps, wanted: Wanted) {
    this.#deps = deps;
    this.#wanted = wanted;
    this.#since = startOfPeriod(wanted.query.period ?? 'AllTime', deps.clock.now());
  }

  /** @throws what the site says when the very first page fails. */
  async run(start: GalleryPosition, signal: AbortSignal): Promise<GalleryOutcome> {
    const { plan, query, limit } = this.#wanted;
    const question = { ...plan.question, ...(start.page === null ? {} : { cursor: start.page }) };
    const options = { refresh: query.refresh, onSeen: (seen: SeenAnswer) => this.#noteAge(seen) };
    let position = start;
    let pages = 0;
    for await (const step of this.#deps.source.imagePages(question, signal, options)) {
      if (step.kind === 'error') {
        if (pages === 0) throw step.error;
        return this.#outcome('error', { page: step.cursor, after: null }, step.error);
      }
      if (step.kind !== 'page') return this.#outcome(step.kind);
      pages += 1;
      if (this.#sent.length === 0) this.#sent = step.page.sentParameters.filter(({ name }) => name !== 'cursor');
      const cutAfter = await this.#take(behind(step.page.items, position.after));
      if (cutAfter !== undefined) return this.#outcome('limit', { ...position, after: cutAfter });
      if (step.page.nextCursor === null) continue;
      position = { page: step.page.nextCursor, after: null };
      if (this.#items.length >= limit) return this.#outcome('limit', position);
      if (pages === PAGE_BUDGET) return this.#outcome('page-budget', position);
    }
    return this.#outcome('end');
  }

  /** Answers with the last picture taken when there are enough before the page ends. */
  async #take(images: readonly Image[]): Promise<number | null | undefined> {
    const { query, limit } = this.#wanted;
    const ids = images.flatMap(({ versionIds }) => versionIds);
    const guarded = await protectedVersionsAmong(this.#deps.database, [...new Set(ids)]);
    for (const [index, image] of images.entries()) {
      this.#counts.fetched += 1;
      const shown = this.#sift(image, guarded);
      if (shown === undefined) continue;
      this.#items.push(presentImage(image, { rating: shown, siteUrl: this.#deps.source.siteUrl, query }));
      if (this.#items.length >= limit && index + 1 < images.length) return image.imageId;
    }
    return undefined;
  }

  #sift(image: Image, guarded: ReadonlySet<number>): 'safe' | 'adult' | undefined {
    const { query, ofProtected } = this.#wanted;
    if (this.#since !== undefined && !(Date.parse(image.createdAt ?? '') >= this.#since)) return undefined;
    this.#counts.recent += 1;
    const isGuarded = ofProtected || image.versionIds.some((id) => guarded.has(id));
    const rating = rateImage(image, { prompt: promptOf(image), ofProtected: isGuarded });
    if (rating === 'excluded' || (rating === 'adult' && query.nsfw === 'sfw')) return undefined;
    this.#counts.shown += 1;
    return rating;
  }

  #noteAge({ at, stored }: SeenAnswer): void {
    if (stored && (this.#asOf === null || at < this.#asOf)) this.#asOf = at;
  }

  #outcome(stopped: GalleryAnswer['stopped'], next?: GalleryPosition, error?: KuraError): GalleryOutcome {
    const { plan } = this.#wanted;
    const { fetched, recent, shown } = this.#counts;
    return {
      items: this.#items,
      stages: [
        { filter: 'period', in: fetched, out: recent, where: 'both' },
        { filter: 'nsfw', in: recent, out: shown, where: 'both' },
      ],
      sent: this.#sent,
      order: plan.order,
      asOf: this.#asOf,
      warnings: plan.warnings,
      stopped,
      error,
      nextCursor: next === undefined ? undefined : writeGalleryCursor(next),
    };
  }
}

/** Of a page that was begun before, what comes after the last one taken; all of it when that one has moved away. */
function behind(images: readonly Image[], after: number | null): readonly Image[] {
  return images.slice(after === null ? 0 : images.findIndex(({ imageId }) => imageId === after) + 1);
}
