/** Routes of sets of media and their rotation. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  assignmentSchema,
  bindingSchema,
  changedSetSchema,
  confirmSwapSchema,
  dueSwapSchema,
  newSetSchema,
  plannedSwapSchema,
  setKeySchema,
  setSchema,
  swapSchema,
} from './rotation-shapes.ts';

const keyParams = z.strictObject({ key: setKeySchema });

export const listMediaSets = defineRoute({
  id: 'backups.list-media-sets',
  method: 'GET',
  path: '/api/v1/backups/media-sets',
  access: 'backups:read',
  output: z.object({ items: z.array(setSchema) }),
});

export const addMediaSet = defineRoute({
  id: 'backups.add-media-set',
  method: 'POST',
  path: '/api/v1/backups/media-sets',
  access: 'system:configure',
  body: newSetSchema,
  output: setSchema,
  status: 201,
  errors: ['backups.media-set-exists', 'backups.calendar-not-found'],
});

export const readMediaSet = defineRoute({
  id: 'backups.read-media-set',
  method: 'GET',
  path: '/api/v1/backups/media-sets/:key',
  access: 'backups:read',
  params: keyParams,
  output: setSchema,
  errors: ['backups.media-set-not-found'],
});

export const changeMediaSet = defineRoute({
  id: 'backups.change-media-set',
  method: 'PATCH',
  path: '/api/v1/backups/media-sets/:key',
  access: 'system:configure',
  params: keyParams,
  body: changedSetSchema,
  output: setSchema,
  errors: ['backups.media-set-not-found', 'backups.position-occupied', 'backups.calendar-not-found'],
});

/** Puts a medium at a position of the rotation, or takes it from there (`label` null). */
export const assignMedium = defineRoute({
  id: 'backups.assign-medium',
  method: 'PUT',
  path: '/api/v1/backups/media-sets/:key/positions/:position',
  access: 'backups:run',
  params: keyParams.extend({ position: z.string().regex(/^[a-z]+-\d{1,3}$/) }),
  body: assignmentSchema,
  output: setSchema,
  errors: [
    'backups.media-set-not-found',
    'backups.medium-not-found',
    'backups.position-unknown',
    'backups.position-occupied',
    'backups.medium-out-of-use',
  ],
});

/** Says on which medium, or on the media of which set, a copy lies. */
export const bindCopy = defineRoute({
  id: 'backups.bind-copy-to-medium',
  method: 'PUT',
  path: '/api/v1/backups/media-bindings',
  access: 'system:configure',
  body: bindingSchema,
  output: bindingSchema,
  errors: [
    'backups.job-not-found',
    'backups.copy-not-found',
    'backups.copy-not-removable',
    'backups.medium-not-found',
    'backups.media-set-not-found',
  ],
});

/** What to do today: take A out, put B in. */
export const listDueSwaps = defineRoute({
  id: 'backups.list-due-swaps',
  method: 'GET',
  path: '/api/v1/backups/media-rotation',
  access: 'backups:read',
  output: z.object({ today: z.iso.date(), items: z.array(dueSwapSchema) }),
});

export const readRotationCalendar = defineRoute({
  id: 'backups.read-rotation-calendar',
  method: 'GET',
  path: '/api/v1/backups/media-sets/:key/calendar',
  access: 'backups:read',
  params: keyParams,
  query: z.strictObject({
    /** Default: today. */
    from: z.iso.date().optional(),
    days: z.coerce.number().int().min(1).max(400).default(30),
  }),
  output: z.object({ from: z.iso.date(), to: z.iso.date(), items: z.array(plannedSwapSchema) }),
  errors: ['backups.media-set-not-found'],
});

export const confirmMediaSwap = defineRoute({
  id: 'backups.confirm-media-swap',
  method: 'POST',
  path: '/api/v1/backups/media-sets/:key/swap',
  access: 'backups:run',
  params: keyParams,
  body: confirmSwapSchema,
  output: swapSchema,
  errors: [
    'backups.media-set-not-found',
    'backups.medium-not-found',
    'backups.medium-action-impossible',
    'backups.medium-still-connected',
    'backups.medium-swapped',
    'backups.swap-other-medium',
    'backups.swap-take-out-missing',
    'backups.place-not-found',
    'backups.place-full',
  ],
});

export const listMediaSwaps = defineRoute({
  id: 'backups.list-media-swaps',
  method: 'GET',
  path: '/api/v1/backups/media-sets/:key/swaps',
  access: 'backups:read',
  params: keyParams,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  /** Newest day first. */
  output: z.object({ items: z.array(swapSchema) }),
  errors: ['backups.media-set-not-found'],
});
