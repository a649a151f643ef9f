/** What stands beside a model file: side-cars and a picture, as far as they are wanted (models.md M-111, M-132). */
import type { Actor } from '#platform/unit-of-work';

import type { DownloadPart } from '../../contract/index.ts';
import { type Download, saveDownload } from '../../store/download-store.ts';
import { saveLibraryFile } from '../../store/library-store.ts';
import type { DownloadDeps } from './download-deps.ts';
import { fetchPreview } from './fetch-preview.ts';
import type { PlannedFile } from './plan-file.ts';
import { hasSidecars, writeSidecars } from './sidecars.ts';

export interface BesideRequest {
  readonly planned: PlannedFile;
  /** Null = all. */
  readonly parts: readonly DownloadPart[] | null;
  readonly signal: AbortSignal;
}

/** Paths of what stands there now. Without side-cars of its own kind a file has no picture either: nobody shows one. */
export async function writeBeside(deps: DownloadDeps, request: BesideRequest): Promise<readonly string[]> {
  const { planned, parts, signal } = request;
  if (!hasSidecars(planned.path)) return [];
  const written = wants(parts, 'sidecars') ? await writeSidecars(planned.path, planned, deps.clock) : [];
  const preview = wants(parts, 'images') ? await fetchPreview(deps, planned.path, planned, signal) : undefined;
  const before = planned.known?.sidecars ?? [];
  return [...new Set([...before, ...written, ...(preview === undefined ? [] : [preview])])];
}

/** The file stays as it is, what stands beside it is written anew; the record says how much stands there. */
export async function renewBeside(
  deps: DownloadDeps,
  planned: PlannedFile,
  download: Download,
  { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
): Promise<Download> {
  const sidecars = await writeBeside(deps, { planned, parts: download.parts, signal });
  const { known } = planned;
  const ended: Download = {
    ...download,
    status: 'skipped',
    path: planned.path,
    sizeBytes: known?.sizeBytes ?? download.sizeBytes,
    sha256: known?.sha256 ?? download.sha256,
    verdict: known?.verdict ?? null,
    reason: { code: 'models.beside-renewed', params: { count: sidecars.length } },
  };
  await deps.unitOfWork.write(actor, async (tx) => {
    await saveDownload(tx, ended);
    if (known !== undefined) await saveLibraryFile(tx, { ...known, sidecars });
    await tx.audit({
      action: 'models.renew-sidecars',
      subject: { kind: 'download', id: download.id, name: download.name },
      result: 'done',
      after: { sidecars },
    });
  });
  return ended;
}

function wants(parts: readonly DownloadPart[] | null, part: DownloadPart): boolean {
  return parts === null || parts.includes(part);
}
