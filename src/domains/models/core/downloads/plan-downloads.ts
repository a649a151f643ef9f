/** From references to a plan: which files, where they will stand, whether they are there, whether they fit. */
import { mkdir } from 'node:fs/promises';

import { freeBytesOf } from '#engines/transfer';
import { KuraError, toKuraError } from '#kernel/errors';

import type { LayoutName } from '../../contract/index.ts';
import { requireConsent } from '../consent/require-consent.ts';
import { requireSiteScan } from '../consent/site-scan.ts';
import type { DownloadDeps } from './download-deps.ts';
import { chosenParts, type PartChoice } from './download-parts.ts';
import { type PlannedFile, planFile } from './plan-file.ts';
import { resolveRef } from './resolve-ref.ts';

export interface PlanRequest extends PartChoice {
  readonly refs: readonly string[];
  readonly file?: string | undefined;
  readonly force?: boolean | undefined;
  readonly layout: LayoutName;
  /** The person who asks says yes to models of real people. */
  readonly acceptLikeness: boolean;
  /** The person who asks takes files that the site has not cleared. */
  readonly acceptRisk?: boolean | undefined;
}

/** A reference that leads to no file, and why. */
export interface FailedRef {
  readonly ref: string;
  readonly error: KuraError;
}

export interface DownloadPlan {
  /** In the order of the references; one can mean several files. */
  readonly items: readonly (PlannedFile | FailedRef)[];
  /** Of files to fetch, as far as known. */
  readonly totalBytes: number;
  readonly freeBytes: number;
}

export type PlanDownloadsDeps = Pick<
  DownloadDeps,
  'database' | 'hashThread' | 'libraryFolder' | 'source' | 'clock' | 'options' | 'mirrors'
>;

export function isFailedRef(item: PlannedFile | FailedRef): item is FailedRef {
  return 'error' in item;
}

export function plannedFiles({ items }: DownloadPlan): readonly PlannedFile[] {
  return items.flatMap((item) => (isFailedRef(item) ? [] : [item]));
}

/** A reference that fails does not stop the others; an abort stops all. */
export async function planDownloads(
  deps: PlanDownloadsDeps,
  request: PlanRequest,
  signal: AbortSignal,
): Promise<DownloadPlan> {
  const items: (PlannedFile | FailedRef)[] = [];
  const consent = { acceptLikeness: request.acceptLikeness, allowLikeness: deps.options().allowLikeness };
  const { layout, force } = request;
  const besideOnly = !chosenParts(request).includes('model');
  const placing = { layout, force, besideOnly, signal, promised: new Set<string>() };
  const seen = new Map<string, PlannedFile>();
  for (const ref of request.refs) {
    try {
      for (const wanted of await resolveRef(deps, ref, request.file, signal)) {
        await requireConsent(deps.database, wanted, consent);
        const key = fileKey(wanted);
        const planned = seen.get(key) ?? (await planFile(deps, wanted, placing));
        requireSiteScan(planned, request.acceptRisk === true);
        seen.set(key, planned);
        items.push({ ...planned, ref });
      }
    } catch (error) {
      signal.throwIfAborted();
      items.push({ ref, error: toKuraError(error) });
    }
  }
  await mkdir(deps.libraryFolder, { recursive: true });
  return { items, totalBytes: bytesToFetch(seen.values()), freeBytes: await freeBytesOf(deps.libraryFolder) };
}

/** What makes two planned files the same: the site's ids, whichever reference led there. */
export function fileKey({ version, file }: Pick<PlannedFile, 'version' | 'file'>): string {
  return `${version.versionId} ${file.fileId}`;
}

function bytesToFetch(files: Iterable<PlannedFile>): number {
  let sum = 0;
  for (const { action, file } of files) sum += action === 'get' ? (file.sizeBytes ?? 0) : 0;
  return sum;
}

/** @throws KuraError `models.disk-space` when the whole plan would not fit; what parts hold already is not counted. */
export function assertFits(deps: Pick<DownloadDeps, 'libraryFolder' | 'options'>, plan: DownloadPlan): void {
  const { reserveBytes } = deps.options();
  const neededBytes = plan.totalBytes + reserveBytes;
  if (plan.totalBytes === 0 || neededBytes <= plan.freeBytes) return;
  throw new KuraError('unavailable', 'models.disk-space', {
    params: { folder: deps.libraryFolder, neededBytes, freeBytes: plan.freeBytes },
  });
}
