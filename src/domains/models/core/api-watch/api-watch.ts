/** Watches the site's answers for changes (platform.md P-091, M-280): learns what they look like and says what differs. */
import {
  type AnswerShape,
  compareShapes,
  emptyShape,
  type Impact,
  impacts,
  judgeAnswer,
  learnShape,
  mergeShapes,
  type RecordedAnswer,
} from '#engines/civitai';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import {
  type ChangeFilter,
  findChange,
  listChanges,
  listShapes,
  markAccepted,
  readShape,
  type StoredChange,
  type StoredShape,
  saveShape,
  settleChanges,
} from '../../store/api-watch-store.ts';
import { systemActor } from '../actor.ts';
import { createAnswerSampler } from './answer-sampler.ts';
import { type RecordedAnswers, type RecordingOptions, readRecordedAnswers } from './read-recorded-answers.ts';
import { passingKinds, recordChanges } from './record-changes.ts';
import { type ReplayedAnswers, replayAnswers } from './replay-answers.ts';

export interface ApiWatchDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
}

export interface ApiWatchStatus {
  readonly endpoints: readonly StoredShape[];
  /** Changes that wait for a person. */
  readonly open: Readonly<Record<Impact, number>>;
}

export interface LearnedAnswers {
  readonly endpoints: ReadonlyArray<{ readonly endpoint: string; readonly answers: number }>;
  readonly skipped: RecordedAnswers['skipped'];
}

export interface ApiWatch {
  /** Hears of every live answer; looks at few of them, later, and never throws. */
  readonly observe: (answer: RecordedAnswer) => void;
  /** Waits for what is being looked at, and keeps what was learned. */
  readonly flush: () => Promise<void>;
  readonly status: () => Promise<ApiWatchStatus>;
  readonly changes: (filter: ChangeFilter) => Promise<readonly StoredChange[]>;
  /** From now on answers like this are what is expected. @throws KuraError `models.api-change-not-found` */
  readonly accept: (id: string, actor: Actor) => Promise<StoredChange>;
  /** Takes recorded answers for what is to be expected, without judging them. */
  readonly learn: (paths: readonly string[], options: RecordingOptions) => Promise<LearnedAnswers>;
  /** Judges recorded answers and keeps nothing. */
  readonly replay: (paths: readonly string[], options: RecordingOptions) => Promise<ReplayedAnswers>;
}

/** Answers that are learned together: single ones say little about what may be absent, and each write costs. */
const ANSWERS_PER_LESSON = 5;

export function createApiWatch(deps: ApiWatchDeps): ApiWatch {
  const live = new LiveAnswers(deps);
  return {
    observe: (answer) => live.observe(answer),
    flush: async () => live.flush(),
    status: async () => {
      await live.flush();
      const open = await listChanges(deps.database, { state: 'open' });
      const counts = impacts.map((impact) => [impact, open.filter((change) => change.impact === impact).length]);
      return {
        endpoints: await listShapes(deps.database),
        open: Object.fromEntries(counts) as Record<Impact, number>,
      };
    },
    changes: async (filter) => {
      await live.flush();
      return listChanges(deps.database, filter);
    },
    accept: async (id, actor) => accept(deps, id, actor),
    learn: async (paths, options) => learn(deps, paths, options),
    replay: async (paths, options) => {
      const recorded = await readRecordedAnswers(paths, options);
      return { ...(await replayAnswers(deps.database, recorded.answers)), skipped: recorded.skipped };
    },
  };
}

/** The answers of this process: judged one by one, learned from a few at a time. */
class LiveAnswers {
  readonly #deps: ApiWatchDeps;
  readonly #sampler;
  readonly #lessons = new Map<string, AnswerShape>();
  #work: Promise<void> = Promise.resolve();

  constructor(deps: ApiWatchDeps) {
    this.#deps = deps;
    this.#sampler = createAnswerSampler(deps.clock);
  }

  observe(answer: RecordedAnswer): void {
    if (this.#sampler.wants(answer)) this.#queue(async () => this.#look(answer));
  }

  async flush(): Promise<void> {
    for (const endpoint of this.#lessons.keys()) this.#queue(async () => this.#learn(endpoint));
    await this.#work;
    // What was being looked at may have begun a lesson of its own.
    for (const endpoint of this.#lessons.keys()) this.#queue(async () => this.#learn(endpoint));
    await this.#work;
  }

  #queue(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch((error: unknown) => {
      this.#deps.logger.warn('models.api-watch-failed', { reason: error instanceof Error ? error.message : '' });
    });
  }

  async #look(answer: RecordedAnswer): Promise<void> {
    const { database, unitOfWork } = this.#deps;
    const { endpoint } = answer;
    const changes = judgeAnswer((await readShape(database, endpoint)) ?? emptyShape, answer);
    // What came before the change must not count as coming after it.
    if (changes.length > 0) await this.#learn(endpoint);
    const isOpen =
      changes.length > 0 && (await unitOfWork.write(systemActor, async (tx) => recordChanges(tx, this.#deps, changes)));
    if (isOpen) return;
    const lesson = mergeShapes(this.#lessons.get(endpoint) ?? emptyShape, learnShape(answer));
    this.#lessons.set(endpoint, lesson);
    if (lesson.answers >= ANSWERS_PER_LESSON) await this.#learn(endpoint);
  }

  /** A field that went missing from all of several answers shows here, where single ones prove nothing. */
  async #learn(endpoint: string): Promise<void> {
    const lesson = this.#lessons.get(endpoint);
    if (lesson === undefined) return;
    this.#lessons.delete(endpoint);
    await this.#deps.unitOfWork.write(systemActor, async (tx) => {
      const learned = (await readShape(tx, endpoint)) ?? emptyShape;
      const changes = compareShapes(endpoint, learned, lesson);
      if (changes.length > 0 && (await recordChanges(tx, this.#deps, changes))) return;
      const learnedAt = nowInstant(this.#deps.clock);
      await saveShape(tx, { endpoint, shape: mergeShapes(learned, lesson), learnedAt });
      await settleChanges(tx, endpoint, passingKinds, learnedAt);
    });
  }
}

async function accept({ database, unitOfWork, clock }: ApiWatchDeps, id: string, actor: Actor): Promise<StoredChange> {
  const at = nowInstant(clock);
  await unitOfWork.write(actor, async (tx) => {
    const change = await findChange(tx, 'id', id);
    if (change === undefined) throw notFound(id);
    if (change.state === 'accepted') return;
    await markAccepted(tx, id, at, actor.name);
    await tx.audit({
      action: 'models.accept-api-change',
      subject: { kind: 'api-change', id, name: `${change.endpoint} ${change.kind} ${change.path}` },
      result: 'done',
    });
  });
  const accepted = await findChange(database, 'id', id);
  if (accepted === undefined) throw notFound(id);
  return accepted;
}

function notFound(id: string): KuraError {
  return new KuraError('not-found', 'models.api-change-not-found', { params: { id } });
}

async function learn(
  { unitOfWork, clock }: ApiWatchDeps,
  paths: readonly string[],
  options: RecordingOptions,
): Promise<LearnedAnswers> {
  const recorded = await readRecordedAnswers(paths, options);
  const lessons = new Map<string, AnswerShape>();
  for (const { answer } of recorded.answers) {
    const { endpoint } = answer;
    lessons.set(endpoint, mergeShapes(lessons.get(endpoint) ?? emptyShape, learnShape(answer)));
  }
  const learnedAt = nowInstant(clock);
  await unitOfWork.write(systemActor, async (tx) => {
    for (const [endpoint, lesson] of lessons) {
      const shape = mergeShapes((await readShape(tx, endpoint)) ?? emptyShape, lesson);
      await saveShape(tx, { endpoint, shape, learnedAt });
    }
  });
  const endpoints = [...lessons].map(([endpoint, { answers }]) => ({ endpoint, answers }));
  return { endpoints, skipped: recorded.skipped };
}
