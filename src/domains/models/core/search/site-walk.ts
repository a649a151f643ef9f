import type { Model, SeenAnswer, WalkStep } from '#engines/civitai';
import type { Instant } from '#kernel/brands';

import type { SearchAnswer, SearchStage } from '../../contract/index.ts';
import { type Candidate, publishedMs } from './candidate.ts';
import { readGiven, type SearchPosition, writeCursor, writeGiven } from './search-cursor.ts';
import type { SearchPlan } from './search-plan.ts';
import type { PageLimits, SearchDeps, SearchProgress, SearchStep } from './search-step.ts';
import { createSieve, type Sieve } from './sieve.ts';
import { siteStagesOf } from './site-questions.ts';
import { startOf } from './time-window.ts';

type PageStep = Extract<WalkStep<Model>, { kind: 'page' }>;
type Ended = Extract<SearchStep, { kind: 'ended' }>;
type Contribution = {
  -readonly [Key in keyof SearchAnswer['contributions'][number]]: SearchAnswer['contributions'][number][Key];
};

/** One walk through the pages of a search, question by question, with an account of what became of each model. */
export class SiteWalk {
  readonly #deps: SearchDeps;
  readonly #plan: SearchPlan;
  readonly #sieve: Sieve;
  readonly #fetched = { in: 0, out: 0 };
  readonly #contributions: Contribution[] = [];
  readonly #sent = new Map<string, SearchAnswer['sent'][number]>();
  /** Models looked at, so that one sent twice counts once. */
  readonly #seen: Set<number>;
  /** Models found, oldest first: what the next call must not find again. */
  readonly #given: number[];
  #asOf: Instant | null = null;
  #found = 0;
  #pages = 0;
  #question: number;
  #page: string | null;
  /** Model of the page at which to go on; only for the first page of a continued search. */
  #after: number | null;

  constructor(deps: SearchDeps, plan: SearchPlan, position: SearchPosition) {
    this.#deps = deps;
    this.#plan = plan;
    this.#sieve = createSieve(plan.nodes, plan.now);
    this.#given = [...readGiven(position)];
    this.#seen = new Set(this.#given);
    this.#question = position.question;
    this.#page = position.page;
    this.#after = position.after;
  }

  /** @throws what the site says when the very first page fails. */
  async *run(limits: PageLimits, signal: AbortSignal): AsyncGenerator<SearchStep, void, void> {
    for (; this.#question < this.#plan.questions.length; this.#question += 1) {
      const last = yield* this.#ask(limits, signal);
      if (last !== undefined) {
        yield last;
        return;
      }
      this.#page = null;
      this.#after = null;
    }
    yield this.#ended('end');
  }

  /** Answers with the last step of the walk, or undefined when the question has been answered to the end. */
  async *#ask(limits: PageLimits, signal: AbortSignal): AsyncGenerator<SearchStep, Ended | undefined, void> {
    const question = this.#plan.questions[this.#question];
    if (question === undefined) return undefined;
    const contribution = { question: question.name, fetched: 0, added: 0 };
    this.#contributions.push(contribution);
    const cursor = this.#page === null ? {} : { cursor: this.#page };
    const options = { refresh: this.#plan.query.refresh === true, onSeen: (seen: SeenAnswer) => this.#noteAge(seen) };
    for await (const step of this.#deps.source.modelPages({ ...question.query, ...cursor }, signal, options)) {
      if (step.kind === 'error') return this.#failed(step);
      if (step.kind === 'end') return undefined;
      if (step.kind !== 'page') return this.#ended('repeated-cursor');
      const { found, isCut } = await this.#take(step, limits.found, contribution);
      if (isCut) {
        yield this.#pageStep(found, this.#cursor());
        return this.#ended('limit', this.#cursor());
      }
      const isLast = step.page.nextCursor === null || this.#isPastWindow(step.page.items);
      this.#page = step.page.nextCursor;
      this.#after = null;
      const next = isLast ? this.#cursorOfNextQuestion() : this.#cursor();
      yield this.#pageStep(found, next);
      if (isLast) return undefined;
      if (this.#found >= limits.found) return this.#ended('limit', next);
      if (this.#pages >= limits.pages) return this.#ended('page-budget', next);
    }
    return undefined;
  }

  #noteAge({ at, stored }: SeenAnswer): void {
    if (stored && (this.#asOf === null || at < this.#asOf)) this.#asOf = at;
  }

  async #take({ page, duplicates }: PageStep, limit: number, contribution: Contribution) {
    this.#pages += 1;
    for (const one of page.sentParameters) {
      if (one.name !== 'cursor') this.#sent.set(`${one.name}=${one.value}`, one);
    }
    await this.#deps.remember(page.items);
    this.#fetched.in += page.items.length + duplicates;
    const found: Candidate[] = [];
    for (const model of this.#behindAfter(page.items)) {
      if (this.#found >= limit) return { found, isCut: true };
      this.#after = model.modelId;
      contribution.fetched += 1;
      if (this.#seen.has(model.modelId)) continue;
      this.#seen.add(model.modelId);
      contribution.added += 1;
      this.#fetched.out += 1;
      const candidate = this.#sieve.sift(model);
      if (candidate === undefined) continue;
      this.#found += 1;
      this.#given.push(model.modelId);
      found.push(candidate);
    }
    return { found, isCut: false };
  }

  /** Of a page that was begun before, what comes after the last one taken; all of it when that one has moved away. */
  #behindAfter(models: readonly Model[]): readonly Model[] {
    const index = this.#after === null ? -1 : models.findIndex(({ modelId }) => modelId === this.#after);
    return models.slice(index + 1);
  }

  /** Newest first, a page without anything recent has only older ones behind it. */
  #isPastWindow(models: readonly Model[]): boolean {
    const { query, order, now } = this.#plan;
    const starts = [query.since, query.publishedAfter].flatMap((since) =>
      since === undefined ? [] : [startOf(since, now)],
    );
    if (order.by !== 'site' || order.used !== 'Newest' || starts.length === 0 || models.length === 0) return false;
    const start = Math.max(...starts);
    return models.every(({ versions }) => versions.every((version) => (publishedMs(version) ?? start) < start));
  }

  #failed(step: Extract<WalkStep<Model>, { kind: 'error' }>): Ended {
    if (this.#pages === 0) throw step.error;
    this.#page = step.cursor;
    this.#after = null;
    return { ...this.#ended('error', this.#cursor()), error: step.error };
  }

  #pageStep(found: readonly Candidate[], cursor: string | undefined): SearchStep {
    return { kind: 'page', found, progress: this.#progress(), cursor };
  }

  #ended(stopped: SearchAnswer['stopped'], cursor?: string): Ended {
    const relaxations = this.#found === 0 ? this.#sieve.relaxations() : [];
    return { kind: 'ended', stopped, progress: this.#progress(), relaxations, error: undefined, cursor };
  }

  #cursor(): string {
    const place = { question: this.#question, page: this.#page, after: this.#after };
    return writeCursor({ ...place, given: writeGiven(this.#given), dropped: [...this.#plan.dropped] });
  }

  #cursorOfNextQuestion(): string | undefined {
    const question = this.#question + 1;
    if (question >= this.#plan.questions.length) return undefined;
    const place = { question, page: null, after: null };
    return writeCursor({ ...place, given: writeGiven(this.#given), dropped: [...this.#plan.dropped] });
  }

  #progress(): SearchProgress {
    return {
      stages: this.#stages(),
      sent: [...this.#sent.values()],
      contributions: this.#contributions.map((one) => ({ ...one })),
      warnings: this.#plan.warnings,
      asOf: this.#asOf,
    };
  }

  #stages(): readonly SearchStage[] {
    const { query, sharedStages } = this.#plan;
    const { out } = this.#fetched;
    return [
      { filter: 'site', ...this.#fetched, where: 'site' },
      ...siteStagesOf(query).map((filter) => ({ filter, in: out, out, where: 'site' as const })),
      ...this.#sieve.stages().map((stage) => ({
        ...stage,
        where: sharedStages.has(stage.filter) ? ('both' as const) : ('kura' as const),
      })),
    ];
  }
}
