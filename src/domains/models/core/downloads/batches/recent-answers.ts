/**
 * What the site said of models within the last quarter of an hour. Thousands of references are not asked about one by
 * one: a hundred models come with one request, and what a search has just shown is not asked again.
 */
import { type Model, modelId as toModelId } from '#engines/civitai';
import { MINUTE } from '#kernel/units';

import { readCatalogueModel, readCatalogueModels } from '../../../store/catalogue-reader.ts';
import { modelOfVersion } from '../../../store/version-owner-store.ts';
import { mirrorsMayHelp } from '../mirrors/mirrors-may-help.ts';
import type { BatchDeps } from './batch-deps.ts';

const FRESH_MS = 15 * MINUTE;
const PER_REQUEST = 100;

export type AnswerDeps = Pick<BatchDeps, 'database' | 'source' | 'clock' | 'remember' | 'mirrors'>;

export class RecentAnswers {
  readonly #deps: AnswerDeps;
  /** In full, for those asked for last; the catalogue keeps a little less of an answer. */
  #latest = new Map<number, { readonly model: Model; readonly at: number }>();

  constructor(deps: AnswerDeps) {
    this.#deps = deps;
  }

  /** Asks for those that nobody has asked about lately. */
  async prefetch(ids: readonly number[], signal: AbortSignal): Promise<void> {
    const wanted = await this.#unknownOf([...new Set(ids)]);
    // One alone is asked for when it is needed.
    if (wanted.length < 2) return;
    this.#latest = new Map([...this.#latest].filter(([, { at }]) => this.#isFresh(at)).slice(-PER_REQUEST));
    for (let start = 0; start < wanted.length; start += PER_REQUEST) {
      if (!(await this.#askUnlessAway(wanted.slice(start, start + PER_REQUEST), signal))) return;
    }
  }

  async find(id: number): Promise<Model | undefined> {
    const latest = this.#latest.get(id);
    if (latest !== undefined && this.#isFresh(latest.at)) return latest.model;
    const known = await readCatalogueModel(this.#deps.database, id);
    if (known === undefined || known.removedAt !== null || !this.#isFresh(Date.parse(known.seenAt))) return undefined;
    return known.model;
  }

  async findOfVersion(versionId: number): Promise<Model | undefined> {
    const id = await modelOfVersion(this.#deps.database, versionId);
    return id === undefined ? undefined : this.find(id);
  }

  /** Keeps what was asked for alone. */
  async keep(model: Model): Promise<void> {
    await this.#deps.remember([model]);
    this.#latest.set(model.modelId, { model, at: this.#deps.clock.now() });
  }

  async #unknownOf(ids: readonly number[]): Promise<readonly number[]> {
    const missing = ids.filter((id) => !this.#isFresh(this.#latest.get(id)?.at ?? 0));
    const known = await readCatalogueModels(this.#deps.database, missing);
    const fresh = new Set<number>(
      known.filter(({ seenAt }) => this.#isFresh(Date.parse(seenAt))).map(({ model }) => model.modelId),
    );
    return missing.filter((id) => !fresh.has(id));
  }

  /** A site that is away stops nothing that mirrors may have: each reference finds out for itself. */
  async #askUnlessAway(ids: readonly number[], signal: AbortSignal): Promise<boolean> {
    try {
      await this.#ask(ids, signal);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if ((this.#deps.mirrors ?? []).length === 0 || !mirrorsMayHelp(error)) throw error;
      return false;
    }
  }

  async #ask(ids: readonly number[], signal: AbortSignal): Promise<void> {
    // Without `nsfw` everything above PG would be missing, which reads like "removed".
    const query = { ids: ids.map((id) => toModelId(id)), nsfw: true, limit: PER_REQUEST };
    for await (const step of this.#deps.source.modelPages(query, signal, { refresh: true })) {
      if (step.kind !== 'page') return;
      await this.#deps.remember(step.page.items);
      const at = this.#deps.clock.now();
      for (const model of step.page.items) this.#latest.set(model.modelId, { model, at });
    }
  }

  #isFresh(at: number): boolean {
    return this.#deps.clock.now() - at < FRESH_MS;
  }
}
