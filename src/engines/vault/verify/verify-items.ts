/** Reading stored files as wholes, in the order they lie: for a part of the repository at a time. */
import { mapInOrder } from '../concurrent.ts';
import { type BlobCopy, idInKey } from '../objects/blob-store.ts';
import { sessionFor } from '../repository/vault-context.ts';
import type { StoredItem } from '../storage/storage.ts';
import { collect } from './verify-findings.ts';
import type { VerifyRun } from './verify-run.ts';

/** Part `part` of `of`, counted from 1: each stored file belongs to one part, and always to the same. */
export interface Subset {
  readonly part: number;
  readonly of: number;
}

/** Stored files read at the same time. */
const WIDTH = 3;

export function isInSubset({ key }: StoredItem, { part, of }: Subset): boolean {
  const id = idInKey(key)?.id ?? '0';
  return Number.parseInt(id.slice(0, 12), 16) % of === part - 1;
}

/** Every byte of these files; damage goes to the findings under the id of the blob. */
export async function checkItems(run: VerifyRun, items: readonly StoredItem[]): Promise<void> {
  const chosen = new Set(items.map(({ key }) => key));
  const blobs = Map.groupBy(placesIn(run, chosen), ({ place }) => place.key);
  const checks = mapInOrder(items, WIDTH, (item) => checkItem(run, item, blobs.get(item.key) ?? []));
  for await (const _ of checks) run.signal.throwIfAborted();
}

async function checkItem(run: VerifyRun, item: StoredItem, blobs: readonly BlobCopy[]): Promise<void> {
  await collect(run.findings, item.key, async () => {
    const stored = await run.context.storage.read(item.key, { signal: run.signal });
    for (const { id, place } of blobs) {
      using session = sessionFor(run.context, place.length, { digest: false });
      await collect(run.findings, id, async () => {
        const sealed = Uint8Array.from(stored.subarray(place.offset, place.offset + place.length));
        session.release(await session.open('chunk', id, sealed));
        run.onChecked(id, place);
      });
    }
  });
}

function* placesIn(run: VerifyRun, keys: ReadonlySet<string>): Generator<BlobCopy> {
  for (const id of run.store.ids()) {
    const place = run.store.placeOf(id);
    if (place !== undefined && keys.has(place.key)) yield { id, place };
  }
  for (const copy of run.store.copies) if (keys.has(copy.place.key)) yield copy;
}
