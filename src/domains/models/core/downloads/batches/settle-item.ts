/** Which files the items of a batch are, once the site has been asked. */
import { KuraError } from '#kernel/errors';

import {
  type BatchItem,
  findTwin,
  highestNumber,
  insertBatchItems,
  removeBatchItem,
  updateBatchItem,
} from '../../../store/batch-item-store.ts';
import { systemActor } from '../../actor.ts';
import type { WantedFile } from '../wanted-file.ts';
import type { BatchDeps } from './batch-deps.ts';

export interface SettledItem {
  readonly item: BatchItem;
  readonly wanted: WantedFile;
}

/**
 * A reference nobody had looked at becomes its file, or several; one that is in the batch already goes (undefined).
 * Items whose file is known stay what they are.
 */
export async function settleItem(
  deps: Pick<BatchDeps, 'unitOfWork'>,
  item: BatchItem,
  wanted: readonly WantedFile[],
): Promise<SettledItem | undefined> {
  const [only] = wanted;
  if (only === undefined)
    throw new KuraError('not-found', 'models.no-such-file', { params: { asked: item.ref, files: '' } });
  if (item.fileId !== null) return { item, wanted: only };
  return deps.unitOfWork.write(systemActor, async (tx) => {
    const fresh: WantedFile[] = [];
    for (const one of wanted) {
      if ((await findTwin(tx, { ...item, ...factsOf(one) })) === undefined) fresh.push(one);
    }
    const [first, ...others] = fresh;
    if (first === undefined) {
      await removeBatchItem(tx, item.batchId, item.number);
      return undefined;
    }
    const settled = { ...item, ...factsOf(first) };
    await updateBatchItem(tx, settled);
    const highest = others.length === 0 ? 0 : await highestNumber(tx, item.batchId);
    const more = others.map((one, index) => ({
      ...item,
      ...factsOf(one),
      number: highest + index + 1,
      status: 'pending' as const,
      attempts: 0,
    }));
    await insertBatchItems(tx, more);
    return { item: settled, wanted: first };
  });
}

/** The site says other things of the same file by now, or more. */
export function isOther(now: WantedFile, before: WantedFile): boolean {
  if (now.file.fileId !== before.file.fileId) return false;
  const isChanged =
    now.file.hashes.sha256 !== before.file.hashes.sha256 || now.file.sizeBytes !== before.file.sizeBytes;
  return isChanged || (before.file.downloadUrl === null && now.file.downloadUrl !== null);
}

function factsOf({ version, file }: WantedFile) {
  const { modelId, versionId } = version;
  const { fileId, name, sizeBytes, hashes } = file;
  return { modelId, versionId, fileId, name, sizeBytes, sha256: hashes.sha256 };
}
