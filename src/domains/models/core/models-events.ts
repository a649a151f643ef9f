/** What happened to files of the library; the other domains hear of it through the outbox. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

const fileFields = {
  libraryId: z.string(),
  path: z.string(),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  modelName: z.string(),
  modelId: z.number().int().nullable(),
  versionId: z.number().int().nullable(),
};

/** A verified, scanned file has its name and its row. */
export const filePlaced = defineEvent({ name: 'models.file-placed', schema: z.object(fileFields) });
/** A file that was damaged or missing is whole again; `source` says where the bytes came from. */
export const fileRepaired = defineEvent({
  name: 'models.file-repaired',
  schema: z.object({ ...fileFields, source: z.string() }),
});
/** A file of the library does not have its bytes any more. */
export const fileDamaged = defineEvent({
  name: 'models.file-damaged',
  schema: z.object({ ...fileFields, state: z.enum(['missing', 'damaged']), actualSha256: z.string().nullable() }),
});
export const fileQuarantined = defineEvent({
  name: 'models.file-quarantined',
  schema: z.object({
    quarantineId: z.string(),
    path: z.string(),
    originalPath: z.string(),
    /** Message code. */
    reason: z.string(),
    verdict: z.string().nullable(),
    modelName: z.string(),
  }),
});
