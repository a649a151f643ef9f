import type { Sha256 } from '#kernel/brands';

import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import { readHashMatch } from '../shapes/directory.ts';
import { type ModelVersion, readVersion } from '../shapes/model-version.ts';
import { readArray } from '../shapes/page.ts';
import { inBlocks } from './in-blocks.ts';

/** Limits of the bulk lookups (civitai-api.md §2.9). */
const VERSIONS_PER_REQUEST = 100;
const IDS_PER_REQUEST = 10_000;

export function hashCalls(caller: ApiCaller) {
  return {
    versionsByHashes: async (hashes: readonly Sha256[], signal) => {
      const path = '/model-versions/by-hash';
      const found = await inBlocks([...new Set(hashes)], VERSIONS_PER_REQUEST, async (body) =>
        readArray(await caller.call({ path, body, signal }), path, (raw) => readVersion(raw)),
      );
      // One entry per matching file, so a version can come twice.
      const byId = new Map<number, ModelVersion>(found.items.map((version) => [version.versionId, version]));
      return { items: [...byId.values()], skipped: found.skipped };
    },
    versionIdsByHashes: async (hashes: readonly Sha256[], signal) => {
      const path = '/model-versions/by-hash/ids';
      return inBlocks([...new Set(hashes)], IDS_PER_REQUEST, async (body) =>
        readArray(await caller.call({ path, body, signal }), path, readHashMatch),
      );
    },
  } satisfies Partial<CivitaiClient>;
}
