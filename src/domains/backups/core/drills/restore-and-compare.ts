/** Restores a snapshot, or a sample of it, into a folder of its own, and holds every file there against the snapshot's list. */
import { compareTree } from '../verification/compare-tree.ts';
import type { VerificationProgress } from '../verification/examination.ts';
import { createSampler } from './choose-sample.ts';
import { type CheckOutcome, type ContentCheckWish, checkContents } from './content-checks.ts';
import type { ContentEntry, ContentFile, ContentSnapshot, CopyContent } from './copy-content.ts';
import type { Finding } from './drill-record.ts';

export interface RestoreWork extends Pick<ContentCheckWish, 'checks' | 'isolation' | 'checkSqlite' | 'signal'> {
  readonly content: CopyContent;
  readonly snapshot: ContentSnapshot;
  readonly folder: string;
  readonly report: (progress: VerificationProgress) => void;
  /** Of an image of Kura: stands it up and looks whether it works. */
  readonly rehearse?: ((image: string, signal: AbortSignal) => Promise<readonly CheckOutcome[]>) | undefined;
  /** Milliseconds that never run backwards. */
  readonly monotonic: () => number;
}

export interface RestoredContent {
  readonly files: number;
  readonly bytes: number;
  readonly differing: number;
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckOutcome[];
  readonly matching: readonly string[];
  /** `monotonic` when everything was there and could be used. */
  readonly usableAt: number;
}

export async function restoreAndCompareAll(work: RestoreWork): Promise<RestoredContent> {
  const { content, snapshot, folder, signal } = work;
  const progress = progressOf(work, snapshot.bytes);
  const lost = await content.restoreAll({
    snapshot: snapshot.id,
    target: folder,
    signal,
    onProgress: (soFar) => progress(soFar, 0),
  });
  const restored = await compare(work, content.entries(snapshot.id, signal), lost);
  // What is not as it was stored is not worth standing up, and standing up moves the files.
  return restored.findings.length > 0 ? restored : await standUp(work, restored);
}

/** Only then is it usable: the time that takes counts, that of comparing does not. */
async function standUp(work: RestoreWork, restored: RestoredContent): Promise<RestoredContent> {
  if (work.rehearse === undefined) return restored;
  const begun = work.monotonic();
  const rehearsed = await work.rehearse(work.folder, work.signal);
  const usableAt = restored.usableAt + (work.monotonic() - begun);
  return { ...restored, checks: [...rehearsed, ...restored.checks], usableAt };
}

/** The files of the sample, and those alone. */
export async function restoreAndCompareSome(
  work: RestoreWork,
  files: readonly ContentFile[],
): Promise<RestoredContent> {
  const { content, snapshot, folder, signal } = work;
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  const progress = progressOf(work, totalBytes);
  const wish = { snapshot: snapshot.id, target: folder, signal };
  const lost = await content.restoreSome({ ...wish, onProgress: (soFar) => progress(soFar, 0) }, files);
  // A sample is restored under names as the text they read as, which is not always how they are spelt in bytes.
  const restored = files.map((file) => ({ ...file, path: Buffer.from(file.path.toString()) }));
  return await compare(work, restored, lost);
}

export async function chooseFiles(
  { content, snapshot, signal }: Pick<RestoreWork, 'content' | 'snapshot' | 'signal'>,
  sample: { readonly count: number; readonly seed: string },
): Promise<readonly ContentFile[]> {
  const sampler = createSampler<ContentFile>({ ...sample, now: Date.parse(snapshot.at) });
  for await (const entry of content.entries(snapshot.id, signal)) if (entry.type === 'file') sampler.offer(entry);
  return sampler.chosen();
}

async function compare(
  work: RestoreWork,
  entries: AsyncIterable<ContentEntry> | Iterable<ContentEntry>,
  lost: readonly Finding[],
): Promise<RestoredContent> {
  const { folder, checks, isolation, checkSqlite, signal, snapshot } = work;
  const usableAt = work.monotonic();
  const progress = progressOf(work, snapshot.bytes);
  const paths: string[] = [];
  const compared = await compareTree(folder, noting(entries, paths), {
    signal,
    onProgress: ({ files, bytes, differences }) => progress({ files, bytes }, differences.length),
  });
  const outcomes = await checkContents({ folder, paths, checks, isolation, checkSqlite, signal });
  const { files, bytes, differingFiles, differences, matching } = compared;
  return {
    files,
    bytes,
    differing: Math.max(differingFiles, differences.length === 0 ? 0 : 1),
    findings: [...lost, ...differences.map(({ code, params }) => ({ code, params: defined(params) }))],
    checks: outcomes,
    matching,
    usableAt,
  };
}

async function* noting(
  entries: AsyncIterable<ContentEntry> | Iterable<ContentEntry>,
  paths: string[],
): AsyncGenerator<ContentEntry> {
  for await (const entry of entries) {
    if (entry.type === 'file') paths.push(entry.path.toString());
    yield entry;
  }
}

function progressOf({ report }: RestoreWork, totalBytes: number) {
  return ({ files, bytes }: { readonly files: number; readonly bytes: number }, errors: number): void => {
    report({ objects: files, bytes, totalBytes, errors });
  };
}

function defined(params: Readonly<Record<string, string | number | boolean | null | undefined>>): Finding['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? null]));
}
