/** Learns from what the site itself says it takes: its lists, once a day, and its refusals (M-281, M-283). */
import { type Enums, type Model, siteWordsOf, type WalkStep } from '#engines/civitai';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, MINUTE, SECOND } from '#kernel/units';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { ModelSource } from '../../ports.ts';
import {
  forgetObservedValues,
  listObservedValues,
  readRefresh,
  recordListed,
  recordRefresh,
} from '../../store/vocabulary-store.ts';
import { systemActor } from '../actor.ts';
import { harvestAllowedValues } from './harvest-allowed-values.ts';
import { isForgotten, isNews, type ObservedValue } from './observed-value.ts';

export interface LearnDeps {
  readonly source: ModelSource;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

/** The site's lists change a few times a month. */
const FRESH_MS = DAY;
/** A site that did not answer is left alone for this long. */
const PAUSE_MS = 15 * MINUTE;
/** Somebody is waiting for the words; what is known is good enough after this. */
const PATIENCE_MS = 10 * SECOND;

/** `failed`: the site was due and did not answer, now or a moment ago; what was known stays. @throws the signal's reason */
export async function refreshVocabulary(deps: LearnDeps, signal: AbortSignal): Promise<'fresh' | 'failed'> {
  const { source, database, unitOfWork, clock } = deps;
  const last = await readRefresh(database, source.siteUrl);
  if (last !== undefined && isWithin(last.answeredAt, FRESH_MS, clock)) return 'fresh';
  if (last !== undefined && isWithin(last.askedAt, PAUSE_MS, clock)) return 'failed';
  const enums = await askForLists(source, signal);
  const forgotten = (await listObservedValues(database)).filter((one) => isForgotten(one, clock.now()));
  const at = nowInstant(clock);
  await unitOfWork.write(systemActor, async (tx) => {
    await recordListed(tx, enums === undefined ? [] : newsIn(enums), at);
    await forgetObservedValues(tx, forgotten);
    await recordRefresh(tx, source.siteUrl, { askedAt: at, answeredAt: enums === undefined ? null : at });
  });
  return enums === undefined ? 'failed' : 'fresh';
}

async function askForLists(source: ModelSource, signal: AbortSignal): Promise<Enums | undefined> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await source.enums(AbortSignal.any([signal, patience]));
  } catch (error) {
    signal.throwIfAborted();
    if (patience.aborted || error instanceof KuraError) return undefined;
    throw error;
  }
}

/** What the site's lists name and Kura does not know yet. */
export function newsIn(enums: Enums): ReadonlyArray<Pick<ObservedValue, 'kind' | 'value'>> {
  const named = [
    ...enums.modelTypes.map((value) => ({ kind: 'type' as const, value })),
    ...[...enums.baseModels, ...enums.activeBaseModels].map((value) => ({ kind: 'base' as const, value })),
    ...enums.fileTypes.map((value) => ({ kind: 'file-type' as const, value })),
  ];
  return named.filter(({ kind, value }) => isNews(kind, value));
}

function isWithin(instant: string | null, milliseconds: number, clock: Clock): boolean {
  return instant !== null && clock.now() - Date.parse(instant) < milliseconds;
}

/** The same source; refusals that list the allowed values leave these in the vocabulary. */
export function learningSource(deps: LearnDeps): ModelSource {
  const { source } = deps;
  return {
    ...source,
    modelPages: (query, signal, options) => learning(deps, source.modelPages(query, signal, options)),
  };
}

async function* learning(deps: LearnDeps, steps: AsyncIterable<WalkStep<Model>>): AsyncGenerator<WalkStep<Model>> {
  for await (const step of steps) {
    if (step.kind === 'error') await learnFromRefusal(deps, step.error);
    yield step;
  }
}

async function learnFromRefusal({ unitOfWork, clock }: LearnDeps, error: KuraError): Promise<void> {
  if (error.kind !== 'invalid') return;
  const news = harvestAllowedValues(siteWordsOf(error)).filter(({ kind, value }) => isNews(kind, value));
  if (news.length === 0) return;
  await unitOfWork.write(systemActor, async (tx) => recordListed(tx, news, nowInstant(clock)));
}
