/** A picture beside the model, for the programs that show one (models.md M-111). Missing it is no failure. */
import { chmod, open, readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { MAX_PICTURE_BYTES, pictureFormat } from '#engines/pictures';
import { downloadFile } from '#engines/transfer';
import { writeFileAtomic } from '#platform/files';

import { previewOf } from '../search/content-rating.ts';
import type { DownloadDeps } from './download-deps.ts';
import { sidecarBase } from './target-path.ts';
import type { WantedFile } from './wanted-file.ts';

/** The path of the picture, also of one that stood there before; undefined when there is none to be had. */
export async function fetchPreview(
  deps: DownloadDeps,
  path: string,
  { version }: WantedFile,
  signal: AbortSignal,
): Promise<string | undefined> {
  const base = sidecarBase(path);
  const there = await existingPreview(base);
  if (there !== undefined) return there;
  const url = previewOf(version, false);
  if (url === null) return undefined;
  try {
    await using staged = await downloadFile(
      {
        source: { url },
        target: `${base}.preview.jpeg`,
        connections: 1,
        maxBytes: MAX_PICTURE_BYTES,
        hashes: [],
        signal,
      },
      {
        clock: deps.clock,
        random: deps.random,
        egress: deps.egress,
        network: deps.network,
        hashThread: deps.hashThread,
        wire: deps.wire,
      },
    );
    await chmod(staged.path, 0o644);
    const extension = pictureFormat(await headOf(staged.path));
    const { previewPixels = 0 } = deps.options();
    if (extension !== undefined && previewPixels === 0) {
      return (await staged.commit({ to: `${base}.preview.${extension}` })).path;
    }
    const smaller = extension === undefined ? undefined : await shrunk(deps, staged.path, base, signal);
    await staged.discard();
    return smaller;
  } catch (error) {
    signal.throwIfAborted();
    deps.logger.warn('models.preview-failed', { path, reason: String(error) });
    return undefined;
  }
}

async function existingPreview(base: string): Promise<string | undefined> {
  const stem = basename(base);
  const names = await readdir(dirname(base));
  const found = names.find((name) => name.startsWith(`${stem}.`) && isPreview(name.slice(stem.length)));
  return found === undefined ? undefined : `${base}${found.slice(stem.length)}`;
}

function isPreview(rest: string): boolean {
  return /^(?:\.preview)?\.(?:png|jpe?g|webp|gif)$/i.test(rest);
}

/** What cannot be read here is not left for other programs to try. */
async function shrunk(deps: DownloadDeps, path: string, base: string, signal: AbortSignal): Promise<string> {
  const { previewPixels = 0 } = deps.options();
  const { bytes, format } = await deps.pictures.shrink(await readFile(path), previewPixels, signal);
  const target = `${base}.preview.${format}`;
  await writeFileAtomic(target, bytes);
  return target;
}

/** The site serves WebP and videos under names that end in .jpeg (civitai-api.md §2.7). */
async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
  return buffer;
}
