/** The three kinds of number that CivitAI URLs confuse: `/models/1`, version 1 and file 1 are unrelated things. */
import type { Brand } from '#kernel/brands';

export type ModelId = Brand<number, 'ModelId'>;
export type VersionId = Brand<number, 'VersionId'>;
export type FileId = Brand<number, 'FileId'>;

/** The server keeps ids in 32-bit columns and answers 400 to anything above (civitai-api.md §2.4). */
const LARGEST_ID = 2_147_483_647;

export function isCivitaiId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LARGEST_ID;
}

/** @throws RangeError unless `value` is an integer from 1 to 2147483647. */
export function modelId(value: number): ModelId {
  return checked(value) as ModelId;
}

/** @throws RangeError unless `value` is an integer from 1 to 2147483647. */
export function versionId(value: number): VersionId {
  return checked(value) as VersionId;
}

/** @throws RangeError unless `value` is an integer from 1 to 2147483647. */
export function fileId(value: number): FileId {
  return checked(value) as FileId;
}

function checked(value: number): number {
  if (isCivitaiId(value)) return value;
  throw new RangeError(`not a CivitAI id: ${String(value)}`);
}
