/** Writing the living part of packs into new packs, unopened, but each blob proven first: damage is not carried on. */
import { isKuraError } from '#kernel/errors';

import { createPackWriter } from '../format/pack.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { LivingBlob } from './plan-prune.ts';

export interface Repacked {
  /** Old packs whose living blobs now lie elsewhere. */
  readonly emptied: readonly string[];
  /** Packs that were written; one of them may have the name of a pack that was there. */
  readonly written: ReadonlySet<string>;
  /** Old packs that turned out to be damaged; they stay as they are. */
  readonly damaged: readonly string[];
}

export async function repackLiving(
  context: VaultContext,
  packs: ReadonlyMap<string, readonly LivingBlob[]>,
  { signal, onPack }: { readonly signal: AbortSignal; readonly onPack: (bytes: number) => void },
): Promise<Repacked> {
  const written = new Set<string>();
  const writer = createPackWriter(context.storage, context.codec, ({ key }) => written.add(key));
  const emptied: string[] = [];
  const damaged: string[] = [];
  for (const [key, blobs] of packs) {
    signal.throwIfAborted();
    const sound = await readSound(context, key, { blobs, signal });
    if (sound === undefined) {
      damaged.push(key);
      continue;
    }
    for (const blob of sound) await writer.add(blob, signal);
    emptied.push(key);
    onPack(sound.reduce((sum, { sealed }) => sum + sealed.byteLength, 0));
  }
  await writer.flush(signal);
  await context.storage.sync(signal);
  return { emptied, written, damaged };
}

async function readSound(
  { storage, codec }: VaultContext,
  key: string,
  { blobs, signal }: { readonly blobs: readonly LivingBlob[]; readonly signal: AbortSignal },
) {
  try {
    const pack = await storage.read(key, { signal });
    return blobs.map(({ id, place }) => {
      const sealed = Uint8Array.from(pack.subarray(place.offset, place.offset + place.length));
      codec.open('chunk', id, sealed);
      return { id, sealed };
    });
  } catch (error) {
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
    return undefined;
  }
}
