/** A picture beside the model, for the programs that show one (models.md M-111). Missing it is no failure. */
import { chmod, open, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { downloadFile } from '#engines/transfer';
import { MIB } from '#kernel/units';

import { previewOf } from '../search/content-rating.ts';
import type { DownloadDeps } from './download-deps.ts';
import { sidecarBase } from './target-path.ts';
import type { WantedFile } from './wanted-file.ts';

const MAX_BYTES = 16 * MIB;

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
      { source: { url }, target: `${base}.preview.jpeg`, connections: 1, maxBytes: MAX_BYTES, hashes: [], signal },
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
    const extension = await pictureExtension(staged.path);
    if (extension !== undefined) return (await staged.commit({ to: `${base}.preview.${extension}` })).path;
    await staged.discard();
    return undefined;
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

/** By content: the site serves WebP and videos under names that end in .jpeg (civitai-api.md §2.7). */
async function pictureExtension(path: string): Promise<string | undefined> {
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
  const start = buffer.toString('latin1');
  if (start.startsWith('\u0089PNG')) return 'png';
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (start.startsWith('GIF8')) return 'gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : undefined;
}
