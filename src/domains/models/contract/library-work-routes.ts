/** The library put in order from a page: files taken in, moved, moved back, listed. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, streamedFile } from '#platform/contract';

import { libraryExportFormats } from './library-shapes.ts';
import { libraryMoveSchema, libraryWorkSchema, movePlanSchema, startedWorkSchema } from './library-work-shapes.ts';
import { layoutSchema } from './vocabulary.ts';

/**
 * Takes model files into the library where they stand, by a job. Only below the library's folder and the folders of
 * `models.adoptFolders`: who may write the library may not look around on the whole machine.
 */
export const adoptFiles = defineRoute({
  id: 'models.adopt-files',
  method: 'POST',
  path: '/api/v1/models/library/adoptions',
  access: 'models:write',
  body: z.strictObject({
    /** Absolute, on the machine of the server; a folder is walked. */
    path: z.string().min(1).max(4096),
    /** Only the catalogue is asked which model a file is. */
    offline: z.boolean().default(false),
    /** Files that policy asks about are taken. */
    acceptRisk: z.boolean().default(false),
    /** Says what would be taken. */
    dryRun: z.boolean().default(true),
  }),
  output: startedWorkSchema,
  status: 202,
  errors: ['models.adopt-elsewhere', 'models.adopt-not-found'],
});

/** Which files would be moved; nothing is. Without a layout: by the one that is set. */
export const planLibraryMoves = defineRoute({
  id: 'models.plan-library-moves',
  method: 'GET',
  path: '/api/v1/models/library/moves/plan',
  access: 'models:read',
  query: z.strictObject({ layout: layoutSchema.optional() }),
  output: movePlanSchema,
});

/** Moves files to the folders of the layout, by a job that plans again: what it did is in its outcome and in the log. */
export const organizeLibrary = defineRoute({
  id: 'models.organize-library',
  method: 'POST',
  path: '/api/v1/models/library/moves',
  access: 'models:write',
  body: z.strictObject({ layout: layoutSchema.optional() }),
  output: startedWorkSchema,
  status: 202,
});

/** Moves back what was moved together last, by a job. */
export const undoOrganizing = defineRoute({
  id: 'models.undo-organizing',
  method: 'POST',
  path: '/api/v1/models/library/moves/undo',
  access: 'models:write',
  output: startedWorkSchema,
  status: 202,
  errors: ['models.nothing-to-move-back'],
});

export const listLibraryMoves = defineRoute({
  id: 'models.list-library-moves',
  method: 'GET',
  path: '/api/v1/models/library/moves',
  access: 'models:read',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
  /** Last first; `undoable` moves would be taken back together. */
  output: z.object({ items: z.array(libraryMoveSchema).readonly(), undoable: z.number().int() }),
});

/** How far such a job is, and what became of each file. */
export const readLibraryWork = defineRoute({
  id: 'models.read-library-work',
  method: 'GET',
  path: '/api/v1/models/library/work/:jobId',
  access: 'models:read',
  params: z.strictObject({ jobId: z.string().min(1).max(100) }),
  output: libraryWorkSchema,
  errors: ['models.work-not-found'],
});

/** A file of that format, piece by piece. */
export const exportLibrary = defineRoute({
  id: 'models.export-library',
  method: 'GET',
  path: '/api/v1/models/library/export',
  access: 'models:read',
  limit: 'reports',
  query: z.strictObject({ format: z.enum(libraryExportFormats) }),
  output: streamedFile,
});
