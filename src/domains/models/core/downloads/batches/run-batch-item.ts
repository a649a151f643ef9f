/** One file of a batch, through the same steps as every other download. */
import { type BandwidthLimit, createBandwidthLimit, type SteeringDecision } from '#engines/transfer';
import type { LockOwner } from '#platform/files';
import type { Actor } from '#platform/unit-of-work';

import type { BatchOptions, KeptDecision, LayoutName } from '../../../contract/index.ts';
import type { DownloadProgress } from '../../../ports.ts';
import type { BatchItem } from '../../../store/batch-item-store.ts';
import type { Download } from '../../../store/download-store.ts';
import { requireConsent } from '../../consent/require-consent.ts';
import { recordAcceptedRisks } from '../../consent/site-scan.ts';
import { keptDecision } from '../decision-log.ts';
import { chosenParts } from '../download-parts.ts';
import { advance, plannedRecord } from '../download-record.ts';
import { type PlannedFile, planFile } from '../plan-file.ts';
import { runDownload } from '../run-download.ts';
import type { WantedFile } from '../wanted-file.ts';
import type { BatchDeps } from './batch-deps.ts';
import { RecentAnswers } from './recent-answers.ts';
import { type BatchEntry, resolveAsking, resolveKnown } from './resolve-entry.ts';

export interface ItemObserver {
  readonly onFile: (download: Download) => void;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly onWait: (owner: LockOwner) => void;
  /** Connections of a file came or went after its beginning. */
  readonly onDecision: (decision: KeptDecision) => void;
}

export interface ItemRun {
  readonly signal: AbortSignal;
  readonly observer: ItemObserver;
}

export class BatchItems {
  readonly #deps: BatchDeps;
  readonly #answers: RecentAnswers;
  readonly #promised = new Set<string>();
  readonly #actor: Actor;
  #bandwidth: BandwidthLimit | undefined;
  /** Two files that are planned at the same moment would be given the same name. */
  #planning: Promise<unknown> = Promise.resolve();

  constructor(deps: BatchDeps, actor: Actor) {
    this.#deps = deps;
    this.#answers = new RecentAnswers(deps);
    this.#actor = actor;
  }

  /** Asks about the next ones together. */
  async prepare(items: readonly BatchItem[], signal: AbortSignal): Promise<void> {
    await this.#answers.prefetch(
      items.flatMap(({ modelId }) => modelId ?? []),
      signal,
    );
  }

  /** The files the item means: one, unless it is a reference nobody has looked at before. */
  async resolve(item: BatchItem, signal: AbortSignal): Promise<readonly WantedFile[]> {
    const entry = entryOf(item);
    const known = await resolveKnown(this.#deps, this.#answers, entry);
    const wanted = known ?? (await resolveAsking(this.#deps, this.#answers, entry, signal));
    return wanted.map((one) => ({ ...one, ref: item.ref }));
  }

  /** As `resolve`, whatever was heard before. */
  async resolveAnew(item: BatchItem, signal: AbortSignal): Promise<readonly WantedFile[]> {
    const wanted = await resolveAsking(this.#deps, this.#answers, entryOf(item), signal);
    return wanted.map((one) => ({ ...one, ref: item.ref }));
  }

  /** @throws KuraError as `runDownload`; `models.excluded`, `models.consent-needed`. */
  async fetch(wanted: WantedFile, options: BatchOptions, { signal, observer }: ItemRun): Promise<Download> {
    const deps: BatchDeps = { ...this.#deps, progress: { downloadProgressed: observer.onProgress } };
    await using _lock = await deps.lock.acquire({ signal, patiently: true, onWait: observer.onWait });
    const { acceptLikeness, acceptRisk, riskReason, connections, mode, only, without, force } = options;
    const { allowLikeness, layout: usual } = deps.options();
    await requireConsent(deps.database, wanted, { acceptLikeness, allowLikeness });
    const layout = options.layout ?? usual;
    const planned = await this.#plan(wanted, { ...options, layout }, signal);
    if (acceptRisk) await recordAcceptedRisks(deps, [planned], this.#actor);
    const choice = { mode, only, without, force };
    const record = await plannedRecord(deps, planned, { layout, connections, acceptRisk, riskReason, ...choice });
    const saved = await advance(deps, this.#actor, record, {});
    observer.onFile(saved);
    // Awaited, or the lock would be let go first.
    const bandwidth = this.#bandwidthOf(options);
    return await runDownload(deps, planned, saved, {
      actor: this.#actor,
      signal,
      bandwidth,
      ...telling(planned, observer),
    });
  }

  /** One for all files of the batch. */
  #bandwidthOf({ bytesPerSecond }: BatchOptions): BandwidthLimit | undefined {
    if (bytesPerSecond === undefined) return undefined;
    this.#bandwidth ??= createBandwidthLimit(bytesPerSecond, this.#deps.clock);
    return this.#bandwidth;
  }

  async #plan(
    wanted: WantedFile,
    options: BatchOptions & { readonly layout: LayoutName },
    signal: AbortSignal,
  ): Promise<PlannedFile> {
    const { layout, force } = options;
    const besideOnly = !chosenParts(options).includes('model');
    const planned = this.#planning.then(async () =>
      planFile(this.#deps, wanted, { layout, signal, promised: this.#promised, force, besideOnly }),
    );
    this.#planning = planned.catch(() => undefined);
    return planned;
  }
}

/** That files begin is no news in a list of many. */
function telling({ file }: PlannedFile, observer: ItemObserver) {
  return {
    onDecision(decision: SteeringDecision) {
      if (decision.reason !== 'start') observer.onDecision(keptDecision(decision, file.name));
    },
  };
}

/** Once its file is known, exactly that file is meant. */
function entryOf({ ref, selector, modelId, versionId, fileId }: BatchItem): BatchEntry {
  if (versionId === null || fileId === null) return { ref, selector: selector ?? undefined };
  return { ref: modelId === null ? `@${versionId}` : `${modelId}@${versionId}`, selector: String(fileId) };
}
