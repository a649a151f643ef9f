/** The checks of single chunks and whole contents. */
import { KuraError } from '#kernel/errors';

import type { BlobId } from './blob.ts';
import type { BlobCopy } from './blob-store.ts';
import type { ChunkRef, Content } from './tree-entry.ts';
import { sessionFor } from './vault-context.ts';
import { collect } from './verify-findings.ts';
import type { VerifyRun } from './verify-run.ts';

/** Without reading: is it there, and as long as it was? */
export function checkPresence(run: VerifyRun, chunk: ChunkRef): void {
  if (run.referenced.has(chunk.id)) return;
  run.referenced.add(chunk.id);
  const place = run.store.placeOf(chunk.id);
  if (place === undefined) {
    run.findings.add(chunk.id, new KuraError('not-found', 'vault.object-missing', { params: { object: chunk.id } }));
    return;
  }
  if (place.length !== chunk.storedBytes) {
    run.findings.add(chunk.id, new KuraError('mismatch', 'vault.object-truncated', { params: { object: place.key } }));
    return;
  }
  if (!run.readData) run.onChecked(chunk.id, place);
}

/** Every chunk and, when all are sound, the SHA-256 of the whole. */
export async function checkContent(run: VerifyRun, content: Content): Promise<void> {
  using session = sessionFor(run.context, content.size);
  let sound = true;
  for (const { id } of content.chunks) {
    run.signal.throwIfAborted();
    if (!run.findings.has(id)) {
      await collect(run.findings, id, async () => {
        const sealed = await run.store.read(id, run.signal);
        await session.open('chunk', id, sealed);
        countRead(run, id);
      });
    }
    sound &&= !run.findings.has(id);
  }
  const digest = await session.finish();
  if (sound && digest !== content.sha256) {
    const params = { sha256: content.sha256 };
    const [first] = content.chunks;
    run.findings.add(first?.id ?? content.sha256, new KuraError('mismatch', 'vault.content-mismatch', { params }));
  }
}

export async function checkPlace(run: VerifyRun, { id, place }: BlobCopy): Promise<void> {
  using session = sessionFor(run.context, place.length);
  await collect(run.findings, id, async () => {
    const { key, ...range } = place;
    await session.open('chunk', id, await run.context.storage.read(key, { range, signal: run.signal }));
    run.onChecked(id, place);
  });
}

function countRead(run: VerifyRun, id: BlobId): void {
  const place = run.store.placeOf(id);
  if (run.read.has(id) || place === undefined) return;
  run.read.add(id);
  run.onChecked(id, place);
}
