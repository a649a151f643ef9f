/** The checks of single chunks and whole contents. */
import { createHash } from 'node:crypto';

import { KuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import { openSealed, readSealed } from '../format/content.ts';
import { type BlobCopy, isPacked } from '../objects/blob-store.ts';
import { sessionFor } from '../repository/vault-context.ts';
import type { ChunkRef, Content } from '../snapshot/tree-entry.ts';
import { collect } from './verify-findings.ts';
import type { VerifyRun } from './verify-run.ts';

/** The same for contents that consist of the same chunks: the same bytes may have been cut in two ways. */
export function keyOfContent({ sha256, chunks }: Content): string {
  if (chunks.length <= 1) return sha256;
  const hash = createHash('sha256').update(sha256);
  for (const { id } of chunks) hash.update(id);
  return hash.digest('hex');
}

/** Without reading: is it there, and as long as it was? */
export function checkPresence(run: VerifyRun, chunk: ChunkRef): void {
  if (run.referenced.has(chunk.id)) return;
  run.referenced.add(chunk.id);
  const place = run.store.placeOf(chunk.id);
  if (place === undefined) {
    run.findings.add(chunk.id, new KuraError('not-found', 'vault.object-missing', { params: { object: chunk.id } }));
    return;
  }
  if (place.length !== chunk.storedBytes && !isPacked(place)) {
    run.findings.add(chunk.id, new KuraError('mismatch', 'vault.object-truncated', { params: { object: place.key } }));
    return;
  }
  if (!run.reading) run.onChecked(chunk.id, place);
}

/**
 * Every chunk against its id, a hash of what was read from the source, and the length of the whole. Its SHA-256 was taken from
 * the same bytes and could tell nothing more but a mistake of the writer; it would take longer than all the rest.
 */
export async function checkContent(run: VerifyRun, content: Content): Promise<void> {
  using session = sessionFor(run.context, content.size, { digest: false });
  let sound = true;
  let size = 0;
  const { memory } = run.context.workers;
  for (const chunk of content.chunks) {
    const { id } = chunk;
    run.signal.throwIfAborted();
    if (run.read.of(id) === undefined && !run.findings.has(id)) {
      await collect(run.findings, id, async () => {
        const sealed = await readSealed(memory, run.store, chunk, run.signal);
        const plain = await openSealed({ session, memory }, id, sealed);
        countRead(run, id, plain.byteLength);
        session.release(plain);
        if (session.isInline) memory.give(sealed);
      });
    }
    sound &&= !run.findings.has(id);
    size += run.read.of(id) ?? 0;
  }
  if (sound && size !== content.size) {
    const params = { sha256: content.sha256 };
    const [first] = content.chunks;
    run.findings.add(first?.id ?? content.sha256, new KuraError('mismatch', 'vault.content-mismatch', { params }));
  }
}

export async function checkPlace(run: VerifyRun, { id, place }: BlobCopy): Promise<void> {
  using session = sessionFor(run.context, place.length, { digest: false });
  await collect(run.findings, id, async () => {
    const { key, ...range } = place;
    await session.open('chunk', id, await run.context.storage.read(key, { range, signal: run.signal }));
    run.onChecked(id, place);
  });
}

function countRead(run: VerifyRun, id: BlobId, length: number): void {
  const place = run.store.placeOf(id);
  if (run.read.of(id) !== undefined || place === undefined) return;
  run.read.note(id, length);
  run.onChecked(id, place);
}
