/** Routes of the inventory of offline media. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  changedMediumSchema,
  mediaStatsSchema,
  mediumDetailSchema,
  mediumEventSchema,
  mediumLabelSchema,
  mediumSchema,
  mediumStageSchema,
  newMediumSchema,
  newPlaceSchema,
  placeSchema,
  removableKindSchema,
} from './medium-shapes.ts';
import { certificateSchema, destroySchema, fileSchema, labelSheetSchema, retireSchema } from './paper-shapes.ts';
import { lendSchema, loanSchema, returnSchema } from './rotation-shapes.ts';

const labelParams = z.strictObject({ label: mediumLabelSchema });
const note = z.string().trim().max(1000).default('');

/** What needs no more than a place and a note. */
export const plainActions = [
  'receive',
  'load',
  'unload',
  'store',
  'send',
  'suspect',
  'release',
  'lose',
  'find',
] as const;

export type PlainAction = (typeof plainActions)[number];

export const listMedia = defineRoute({
  id: 'backups.list-media',
  method: 'GET',
  path: '/api/v1/backups/media',
  access: 'backups:read',
  query: z.strictObject({
    /** Part of label, name, serial number, owner or notes. */
    text: z.string().trim().max(200).optional(),
    stage: mediumStageSchema.optional(),
    kind: removableKindSchema.optional(),
    site: z.string().trim().max(63).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** `nextCursor` of the page before. */
    after: mediumLabelSchema.optional(),
  }),
  /** By label. */
  output: z.object({ items: z.array(mediumSchema), nextCursor: z.string().optional(), stats: mediaStatsSchema }),
});

export const registerMedium = defineRoute({
  id: 'backups.register-medium',
  method: 'POST',
  path: '/api/v1/backups/media',
  access: 'backups:run',
  body: newMediumSchema,
  output: mediumDetailSchema,
  status: 201,
  errors: ['backups.medium-exists'],
});

export const readMedium = defineRoute({
  id: 'backups.read-medium',
  method: 'GET',
  path: '/api/v1/backups/media/:label',
  access: 'backups:read',
  params: labelParams,
  output: mediumDetailSchema,
  errors: ['backups.medium-not-found'],
});

export const changeMedium = defineRoute({
  id: 'backups.change-medium',
  method: 'PATCH',
  path: '/api/v1/backups/media/:label',
  access: 'backups:run',
  params: labelParams,
  body: changedMediumSchema,
  output: mediumDetailSchema,
  errors: ['backups.medium-not-found'],
});

export const listMediumEvents = defineRoute({
  id: 'backups.list-medium-events',
  method: 'GET',
  path: '/api/v1/backups/media/:label/events',
  access: 'backups:read',
  params: labelParams,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: z.coerce.number().int().positive().optional(),
  }),
  /** Newest first. */
  output: z.object({ items: z.array(mediumEventSchema), nextCursor: z.number().optional() }),
  errors: ['backups.medium-not-found'],
});

export const actOnMedium = defineRoute({
  id: 'backups.act-on-medium',
  method: 'POST',
  path: '/api/v1/backups/media/:label/actions',
  access: 'backups:run',
  params: labelParams,
  body: z.strictObject({
    action: z.enum(plainActions),
    /** Where it lies from now on; `store` needs it. */
    place: z.uuid().optional(),
    note,
    /** What was read from the medium itself; refused when it is another label. */
    scanned: mediumLabelSchema.optional(),
  }),
  output: mediumDetailSchema,
  errors: [
    'backups.medium-not-found',
    'backups.medium-action-impossible',
    'backups.medium-place-missing',
    'backups.medium-still-connected',
    'backups.place-not-found',
    'backups.place-full',
    'backups.label-differs',
    'backups.medium-swapped',
  ],
});

export const lendMedium = defineRoute({
  id: 'backups.lend-medium',
  method: 'POST',
  path: '/api/v1/backups/media/:label/lend',
  access: 'backups:run',
  params: labelParams,
  body: lendSchema,
  output: mediumDetailSchema,
  errors: ['backups.medium-not-found', 'backups.medium-action-impossible', 'backups.medium-still-connected'],
});

export const returnMedium = defineRoute({
  id: 'backups.return-medium',
  method: 'POST',
  path: '/api/v1/backups/media/:label/return',
  access: 'backups:run',
  params: labelParams,
  body: returnSchema,
  output: mediumDetailSchema,
  errors: ['backups.medium-not-found', 'backups.medium-action-impossible'],
});

export const retireMedium = defineRoute({
  id: 'backups.retire-medium',
  method: 'POST',
  path: '/api/v1/backups/media/:label/retire',
  access: 'system:configure',
  params: labelParams,
  body: retireSchema,
  output: certificateSchema,
  errors: ['backups.medium-not-found', 'backups.medium-action-impossible'],
});

export const destroyMedium = defineRoute({
  id: 'backups.destroy-medium',
  method: 'POST',
  path: '/api/v1/backups/media/:label/destroy',
  access: 'system:configure',
  params: labelParams,
  body: destroySchema,
  output: certificateSchema,
  errors: ['backups.medium-not-found', 'backups.medium-action-impossible'],
});

export const listCertificates = defineRoute({
  id: 'backups.list-medium-certificates',
  method: 'GET',
  path: '/api/v1/backups/media/:label/certificates',
  access: 'backups:read',
  params: labelParams,
  output: z.object({ items: z.array(certificateSchema) }),
  errors: ['backups.medium-not-found'],
});

/** The certificate as a page to print and sign. */
export const printCertificate = defineRoute({
  id: 'backups.print-medium-certificate',
  method: 'GET',
  path: '/api/v1/backups/media-certificates/:id/pdf',
  access: 'backups:read',
  limit: 'reports',
  params: z.strictObject({ id: z.uuid() }),
  output: fileSchema,
  errors: ['backups.certificate-not-found'],
});

export const printLabels = defineRoute({
  id: 'backups.print-media-labels',
  method: 'POST',
  path: '/api/v1/backups/media-labels',
  access: 'backups:read',
  limit: 'reports',
  body: labelSheetSchema,
  output: fileSchema,
  errors: ['backups.medium-not-found'],
});

export const listLoans = defineRoute({
  id: 'backups.list-media-loans',
  method: 'GET',
  path: '/api/v1/backups/media-loans',
  access: 'backups:read',
  query: z.strictObject({
    state: z.enum(['open', 'overdue', 'all']).default('open'),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  /** Open ones by the day they are due, then returned ones, newest first. */
  output: z.object({ items: z.array(loanSchema) }),
});

/** Hand-over, or return when it is back: a page with lines for two signatures. */
export const printLoanSlip = defineRoute({
  id: 'backups.print-loan-slip',
  method: 'GET',
  path: '/api/v1/backups/media-loans/:id/slip',
  access: 'backups:read',
  limit: 'reports',
  params: z.strictObject({ id: z.uuid() }),
  output: fileSchema,
  errors: ['backups.loan-not-found'],
});

export const listPlaces = defineRoute({
  id: 'backups.list-places',
  method: 'GET',
  path: '/api/v1/backups/places',
  access: 'backups:read',
  /** By site, room and slot. */
  output: z.object({ items: z.array(placeSchema) }),
});

export const addPlace = defineRoute({
  id: 'backups.add-place',
  method: 'POST',
  path: '/api/v1/backups/places',
  access: 'system:configure',
  body: newPlaceSchema,
  output: placeSchema,
  status: 201,
  errors: ['backups.place-exists'],
});

export const changePlace = defineRoute({
  id: 'backups.change-place',
  method: 'PATCH',
  path: '/api/v1/backups/places/:id',
  access: 'system:configure',
  params: z.strictObject({ id: z.uuid() }),
  /** Null: any number. The site stays: media that lie there would change it without having been moved. */
  body: z.strictObject({
    capacity: z.number().int().min(1).max(100_000).nullable().optional(),
    notes: z.string().trim().max(1000).optional(),
  }),
  output: placeSchema,
  errors: ['backups.place-not-found', 'backups.place-full'],
});

export const removePlace = defineRoute({
  id: 'backups.remove-place',
  method: 'DELETE',
  path: '/api/v1/backups/places/:id',
  access: 'system:configure',
  params: z.strictObject({ id: z.uuid() }),
  output: z.undefined(),
  status: 204,
  errors: ['backups.place-not-found', 'backups.place-in-use'],
});
