/** Which features of the site's API may be used, how they fared, and whether they do what they are taken for (M-055…M-060). */
import {
  decideFeature,
  type Feature,
  type FeatureCounts,
  type FeatureDecision,
  type FeatureMode,
  type FeatureStanding,
  features,
  isProbeDue,
  neverCounted,
  type ProbeOutcome,
  standingOf,
  successRatio,
} from '#engines/civitai';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ModelSource } from '../../ports.ts';
import { addUse, listFeatureRows, type StoredFeature, saveChoice, saveProbe } from '../../store/feature-store.ts';
import { systemActor } from '../actor.ts';
import { runProbe } from './run-probe.ts';

export interface FeatureUseDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly source: Pick<ModelSource, 'modelPages'>;
  readonly featureMode: () => FeatureMode;
}

export interface FeatureReport {
  readonly feature: Feature;
  readonly decision: FeatureDecision;
  readonly standing: FeatureStanding;
  /** Null when it was never used. */
  readonly ratio: number | null;
  /** Whether the outcome of its last probe still holds. */
  readonly isProbeDue: boolean;
  /** Null when it was never used, probed or chosen. */
  readonly counted: StoredFeature | null;
}

export interface FeatureUse {
  readonly mode: () => FeatureMode;
  readonly list: () => Promise<readonly FeatureReport[]>;
  readonly mayUse: (id: string) => Promise<boolean>;
  /** What must not be used now. */
  readonly switchedOff: () => Promise<readonly Feature[]>;
  /** Counts one use each; kept in memory for some seconds. `error` = code of the refusal. */
  readonly count: (used: readonly Feature[], error: string | null) => void;
  /** A person's word; null = the mode decides again. @throws KuraError `models.feature-unknown` */
  readonly choose: (id: string, chosen: 'on' | 'off' | null, actor: Actor) => Promise<FeatureReport>;
  /**
   * Asks the site twice, with and without the feature. An outcome holds for a day; `again` asks all the same.
   * @throws KuraError `models.feature-unknown`, `models.feature-without-probe`, or what keeps the site from answering
   */
  readonly probe: (
    id: string,
    options: { readonly again: boolean; readonly signal: AbortSignal },
  ) => Promise<FeatureReport>;
  readonly flush: () => Promise<void>;
}

const KEPT_FOR_MS = 30 * SECOND;

export function createFeatureUse(deps: FeatureUseDeps): FeatureUse {
  const tally = new Tally(deps);

  async function list(): Promise<readonly FeatureReport[]> {
    await tally.flush();
    const rows = new Map((await listFeatureRows(deps.database)).map((row) => [row.id, row]));
    return features.map((feature) => reportOf(feature, rows.get(feature.id) ?? null, deps));
  }

  async function report(id: string): Promise<FeatureReport> {
    const found = (await list()).find(({ feature }) => feature.id === id);
    if (found === undefined) throw new KuraError('not-found', 'models.feature-unknown', { params: { id } });
    return found;
  }

  return {
    mode: deps.featureMode,
    list,
    mayUse: async (id) => (await report(id)).decision === 'on',
    switchedOff: async () => (await list()).flatMap(({ feature, decision }) => (decision === 'on' ? [] : [feature])),
    count: (used, error) => tally.count(used, error),
    choose: async (id, chosen, actor) => {
      const before = await report(id);
      await deps.unitOfWork.write(actor, async (tx) => {
        await saveChoice(tx, id, chosen);
        await tx.audit({
          action: 'models.choose-feature',
          category: 'configuration',
          subject: { kind: 'api-feature', id, name: before.feature.call },
          result: 'done',
          before: { chosen: before.counted?.chosen ?? null },
          after: { chosen },
        });
      });
      return report(id);
    },
    probe: async (id, { again, signal }) => {
      const { feature, ...known } = await report(id);
      if (feature.probe === null) {
        throw new KuraError('invalid', 'models.feature-without-probe', { params: { id, call: feature.call } });
      }
      if (!again && !known.isProbeDue) return { feature, ...known };
      const outcome = await runProbe(deps.source, feature.probe, signal);
      await rememberProbe(deps, feature, outcome);
      return report(id);
    },
    flush: async () => tally.flush(),
  };
}

async function rememberProbe(
  { unitOfWork, clock, logger }: FeatureUseDeps,
  { id }: Feature,
  outcome: ProbeOutcome,
): Promise<void> {
  logger.info('models.feature-probed', { feature: id, outcome });
  await unitOfWork.write(systemActor, async (tx) => saveProbe(tx, id, outcome, nowInstant(clock)));
}

function reportOf(
  feature: Feature,
  counted: StoredFeature | null,
  { clock, featureMode }: FeatureUseDeps,
): FeatureReport {
  const counts = counted === null ? neverCounted : countsOf(counted);
  const now = clock.now();
  return {
    feature,
    decision: decideFeature(feature, counts, featureMode(), now),
    standing: standingOf(counts),
    ratio: successRatio(counts),
    isProbeDue: feature.probe !== null && isProbeDue(counts, now),
    counted,
  };
}

function countsOf(row: StoredFeature): FeatureCounts {
  return {
    succeeded: row.succeeded,
    failed: row.failed,
    lastFailedAt: row.lastFailedAt === null ? null : Date.parse(row.lastFailedAt),
    probedAt: row.probedAt === null ? null : Date.parse(row.probedAt),
    probeOutcome: row.probeOutcome,
    override: row.chosen,
  };
}

/** Uses since the last write: one row per feature and half a minute instead of one per request. */
class Tally {
  readonly #deps: FeatureUseDeps;
  #counted = new Map<string, { succeeded: number; failed: number; error: string | null }>();
  #writtenAt: number;
  #work: Promise<void> = Promise.resolve();

  constructor(deps: FeatureUseDeps) {
    this.#deps = deps;
    this.#writtenAt = deps.clock.monotonic();
  }

  count(used: readonly Feature[], error: string | null): void {
    for (const { id } of used) {
      const one = this.#counted.get(id) ?? { succeeded: 0, failed: 0, error: null };
      one[error === null ? 'succeeded' : 'failed'] += 1;
      one.error = error ?? one.error;
      this.#counted.set(id, one);
    }
    if (this.#deps.clock.monotonic() - this.#writtenAt >= KEPT_FOR_MS) void this.flush();
  }

  async flush(): Promise<void> {
    this.#work = this.#work.then(async () => this.#write());
    await this.#work;
  }

  async #write(): Promise<void> {
    const { unitOfWork, clock, logger } = this.#deps;
    const counted = this.#counted;
    if (counted.size === 0) return;
    this.#counted = new Map();
    this.#writtenAt = clock.monotonic();
    const at = nowInstant(clock);
    try {
      await unitOfWork.write(systemActor, async (tx) => {
        for (const [id, { succeeded, failed, error }] of counted)
          await addUse(tx, { id, succeeded, failed, at, error });
      });
    } catch (error) {
      // Statistics are not worth a failed search.
      logger.warn('models.feature-counts-lost', { reason: error instanceof Error ? error.message : '' });
    }
  }
}
