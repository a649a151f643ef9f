/** From a request to a plan: how many files and bytes, whether they fit, what has to be minded and agreed to (M-108). */
import { mkdir } from 'node:fs/promises';

import { freeBytesOf } from '#engines/transfer';
import { type KuraError, toKuraError } from '#kernel/errors';

import type { BatchRequest, LicenceDuty } from '../../../contract/index.ts';
import type { BatchOrigin } from '../../../store/batch-store.ts';
import { presentLicence } from '../../catalogue/present-model.ts';
import { reasonOfError } from '../../collecting/reason-of-error.ts';
import { showsRealPerson } from '../../consent/refusal.ts';
import { requireConsent } from '../../consent/require-consent.ts';
import { siteScanOf } from '../../consent/site-scan.ts';
import { dutiesOf } from '../../licences/licence-duties.ts';
import { fileKey } from '../plan-downloads.ts';
import { modelTypeOf, type WantedFile } from '../wanted-file.ts';
import type { BatchDeps } from './batch-deps.ts';
import { classOfFault, hasToken } from './batch-fault.ts';
import type { BadLine, BatchPlan, PlannedItem } from './batch-plan.ts';
import { type EntryBlock, entryBlocks } from './entry-blocks.ts';
import { type Place, PlacePreview } from './place-preview.ts';
import { RecentAnswers } from './recent-answers.ts';
import { type BatchEntry, pointerOf, resolveAsking, resolveKnown } from './resolve-entry.ts';

export interface PlanBatchOptions {
  readonly signal: AbortSignal;
  /** How many references were looked at so far. */
  readonly onPlanned?: (planned: number) => void;
  /** A line of a saved list that names nothing. */
  readonly onBadLine?: (bad: BadLine) => void;
}

export interface PlannedBatch {
  readonly plan: BatchPlan;
  /** All of them. */
  readonly items: readonly PlannedItem[];
  readonly origin: readonly BatchOrigin[];
  /** Those that show real people and may be fetched. */
  readonly people: readonly WantedFile[];
}

/** References that nobody knows anything about are asked about one by one: so many at once, the others in their turn. */
const ASKED_AT_ONCE = 200;
/** Shown of a plan; places are looked for only for these. */
const SHOWN = 1000;

/** A reference that fails does not stop the others. @throws KuraError `models.bad-list`, …; what the site says. */
export async function planBatch(
  deps: BatchDeps,
  request: BatchRequest,
  options: PlanBatchOptions,
): Promise<PlannedBatch> {
  const planning = new BatchPlanning(deps, request, options);
  for await (const block of entryBlocks(deps, request.source, request.options.file, options.signal)) {
    await planning.add(block);
  }
  await mkdir(deps.libraryFolder, { recursive: true });
  return planning.finish(await freeBytesOf(deps.libraryFolder));
}

class BatchPlanning {
  readonly #deps: BatchDeps;
  readonly #request: BatchRequest;
  readonly #options: PlanBatchOptions;
  readonly #answers: RecentAnswers;
  readonly #places: PlacePreview;
  readonly #items: PlannedItem[] = [];
  readonly #seen = new Set<string>();
  readonly #people: WantedFile[] = [];
  readonly #badLines: BadLine[] = [];
  readonly #origin = new Map<string, { kind: BatchOrigin['kind']; detail: string; count: number }>();
  readonly #licences = new Map<string, { duties: readonly LicenceDuty[]; files: number }>();
  #looked = 0;
  #asked = 0;
  #withheld = 0;
  #likeness = 0;
  #pickles = 0;

  constructor(deps: BatchDeps, request: BatchRequest, options: PlanBatchOptions) {
    this.#deps = deps;
    this.#request = request;
    this.#options = options;
    this.#answers = new RecentAnswers(deps);
    const { layout = deps.options().layout, force } = request.options;
    this.#places = new PlacePreview(deps, { layout, force });
  }

  async add({ kind, detail, entries, badLines = [] }: EntryBlock): Promise<void> {
    this.#badLines.push(...badLines);
    for (const bad of badLines) this.#options.onBadLine?.(bad);
    await this.#answers.prefetch(
      entries.flatMap((entry) => this.#modelOf(entry)),
      this.#options.signal,
    );
    for (const entry of entries) {
      this.#options.signal.throwIfAborted();
      await this.#addEntry(entry);
    }
    this.#looked += entries.length;
    const origin = this.#origin.get(kind) ?? { kind, detail, count: 0 };
    origin.count += entries.length;
    this.#origin.set(kind, origin);
    this.#options.onPlanned?.(this.#looked);
  }

  finish(freeBytes: number): PlannedBatch {
    const items = this.#items;
    const toGet = items.filter(({ action }) => action === 'get');
    const totalBytes = toGet.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
    const { reserveBytes } = this.#deps.options();
    const plan: BatchPlan = {
      files: items.length,
      totalBytes,
      freeBytes,
      reserveBytes,
      fits: totalBytes === 0 || totalBytes + reserveBytes <= freeBytes,
      unknownSizes: toGet.filter(({ sizeBytes }) => sizeBytes === null).length,
      unresolved: toGet.filter(({ fileId }) => fileId === null).length,
      skipped: items.filter(({ action }) => action === 'skip').length,
      failed: items.filter(({ action }) => action === 'failed').length,
      badLines: this.#badLines,
      licences: [...this.#licences.values()],
      consents: this.#consents(),
      items: items.slice(0, SHOWN),
    };
    return { plan, items, origin: [...this.#origin.values()], people: this.#people };
  }

  #consents(): BatchPlan['consents'] {
    const { acceptRisk } = this.#request.options;
    return [
      ...(this.#likeness === 0
        ? []
        : [{ kind: 'likeness' as const, files: this.#likeness, given: this.#withheld === 0 }]),
      ...(this.#pickles === 0 ? [] : [{ kind: 'pickle' as const, files: this.#pickles, given: acceptRisk }]),
    ];
  }

  #modelOf({ ref, seen }: BatchEntry): readonly number[] {
    if (seen !== undefined) return [];
    try {
      const pointer = pointerOf(this.#deps, ref);
      return pointer.kind === 'hash' || pointer.modelId === null ? [] : [pointer.modelId];
    } catch {
      // It is told when its turn comes.
      return [];
    }
  }

  async #addEntry(entry: BatchEntry): Promise<void> {
    try {
      const wanted = await this.#resolve(entry);
      if (wanted === undefined) this.#items.push({ ...nothingKnown, ref: entry.ref, selector: entry.selector ?? null });
      for (const one of wanted ?? []) await this.#addFile(one, entry);
    } catch (thrown) {
      this.#options.signal.throwIfAborted();
      const error = toKuraError(thrown);
      const fault = classOfFault(error, hasToken(this.#deps.source));
      if (fault === 'everything' || fault === 'away') throw error;
      if (fault === 'final') this.#fail(entry, error);
      else this.#items.push({ ...nothingKnown, ref: entry.ref, selector: entry.selector ?? null });
    }
  }

  async #resolve(entry: BatchEntry): Promise<readonly WantedFile[] | undefined> {
    const known = await resolveKnown(this.#deps, this.#answers, entry);
    if (known !== undefined || this.#asked >= ASKED_AT_ONCE) return known;
    this.#asked += 1;
    return resolveAsking(this.#deps, this.#answers, entry, this.#options.signal);
  }

  async #addFile(wanted: WantedFile, entry: BatchEntry): Promise<void> {
    const key = fileKey(wanted);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#countLicence(wanted);
    if (/pickle/i.test(wanted.file.format ?? '')) this.#pickles += 1;
    const selector = entry.selector ?? null;
    if (!(await this.#isAgreed(wanted, entry))) return;
    const isShown = this.#items.length < SHOWN;
    const place: Place | undefined = isShown ? await this.#places.of(wanted) : undefined;
    this.#items.push({ ...describe(wanted), selector, action: place?.action ?? 'get', path: place?.path ?? null });
  }

  async #isAgreed(wanted: WantedFile, entry: BatchEntry): Promise<boolean> {
    const { acceptLikeness } = this.#request.options;
    const { allowLikeness } = this.#deps.options();
    const isPerson = showsRealPerson(wanted);
    if (isPerson) this.#likeness += 1;
    try {
      await requireConsent(this.#deps.database, wanted, { acceptLikeness, allowLikeness });
      if (isPerson) this.#people.push(wanted);
      return true;
    } catch (thrown) {
      const error = toKuraError(thrown);
      if (error.code === 'models.consent-needed') this.#withheld += 1;
      this.#items.push({
        ...describe(wanted),
        ref: entry.ref,
        selector: entry.selector ?? null,
        action: 'failed',
        path: null,
        reason: reasonOfError(error),
      });
      return false;
    }
  }

  #fail({ ref, selector }: BatchEntry, error: KuraError): void {
    this.#items.push({
      ...nothingKnown,
      ref,
      selector: selector ?? null,
      action: 'failed',
      reason: reasonOfError(error),
    });
  }

  #countLicence({ model }: WantedFile): void {
    const duties: readonly LicenceDuty[] = model === null ? ['unknown'] : dutiesOf(presentLicence(model));
    const key = duties.join(' ');
    const counted = this.#licences.get(key) ?? { duties, files: 0 };
    counted.files += 1;
    this.#licences.set(key, counted);
  }
}

const nothingKnown: Omit<PlannedItem, 'ref' | 'selector'> = {
  action: 'get',
  modelId: null,
  versionId: null,
  fileId: null,
  name: null,
  type: null,
  path: null,
  sizeBytes: null,
  sha256: null,
  siteScan: null,
  siteFault: null,
  alternatives: [],
  reason: null,
};

function describe(wanted: WantedFile): Omit<PlannedItem, 'selector' | 'action' | 'path'> {
  const { ref, version, file, alternatives, siteFault } = wanted;
  return {
    ref,
    modelId: version.modelId,
    versionId: version.versionId,
    fileId: file.fileId,
    name: file.name,
    type: modelTypeOf(wanted),
    sizeBytes: file.sizeBytes,
    sha256: file.hashes.sha256,
    alternatives: alternatives.map(({ fileId, name, type, sizeBytes }) => ({ fileId, name, type, sizeBytes })),
    siteScan: siteScanOf(file),
    siteFault: siteFault === undefined ? null : reasonOfError(siteFault),
    reason: null,
  };
}
