/** Offline media as data (spec/backups.md B-004, B-135…B-154). Safe for browsers. */
import { z } from 'zod';

import { mediaKindSchema, siteSchema } from '../job-shapes.ts';
import { type MediumStage, mediumActions, mediumStages } from './medium-life.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const count = z.number().int().nonnegative();
const note = text(1000).default('');

/** What stands on the label and in its barcode; people type it in either case. */
export const mediumLabelSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9._-]{0,49}$/);

/** Kinds that can be taken away. */
export const removableKinds = ['external-hdd', 'usb', 'tape', 'optical', 'disk'] as const;
export const removableKindSchema = mediaKindSchema.extract(removableKinds);

/** Capacities without compression, in 10¹² bytes: 1.5, 2.5, 6, 12, 18. */
export const tapeGenerations = ['LTO-5', 'LTO-6', 'LTO-7', 'LTO-8', 'LTO-9'] as const;
export const mediumConditions = ['good', 'worn', 'damaged', 'unknown'] as const;
export const mediumStageSchema = z.enum(mediumStages);

const placeFields = {
  /** As jobs and copies name it: a place of another site makes a copy off site. */
  site: siteSchema,
  room: text(100).default(''),
  /** Shelf, drawer, slot. */
  slot: text(100).default(''),
};

export const newPlaceSchema = z.strictObject({
  ...placeFields,
  /** Media that fit; without it any number. */
  capacity: z.number().int().min(1).max(100_000).optional(),
  notes: note,
});

export const placeSchema = z.object({
  id: z.uuid(),
  site: z.string(),
  room: z.string(),
  slot: z.string(),
  capacity: count.nullable(),
  notes: z.string(),
  /** Media that lie there. */
  used: count,
});

const described = {
  name: text(100).default(''),
  capacityBytes: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
  generation: z.enum(tapeGenerations).nullable().default(null),
  maker: text(100).default(''),
  model: text(100).default(''),
  serial: text(100).default(''),
  purchasedOn: day.nullable().default(null),
  warrantyUntil: day.nullable().default(null),
  owner: text(100).default(''),
  notes: note,
};

export const newMediumSchema = z.strictObject({
  /** Default: the next number, `KURA-0001`. */
  label: mediumLabelSchema.optional(),
  kind: removableKindSchema,
  condition: z.enum(mediumConditions).default('unknown'),
  ...described,
});

export const changedMediumSchema = z.strictObject({
  name: described.name.unwrap().optional(),
  capacityBytes: described.capacityBytes.unwrap().optional(),
  generation: described.generation.unwrap().optional(),
  maker: described.maker.unwrap().optional(),
  model: described.model.unwrap().optional(),
  serial: described.serial.unwrap().optional(),
  purchasedOn: described.purchasedOn.unwrap().optional(),
  warrantyUntil: described.warrantyUntil.unwrap().optional(),
  owner: described.owner.unwrap().optional(),
  notes: described.notes.unwrap().optional(),
  condition: z.enum(mediumConditions).optional(),
});

export const mediumPlaceSchema = z.object({ id: z.uuid(), site: z.string(), room: z.string(), slot: z.string() });

export const mediumSchema = z.object({
  id: z.uuid(),
  label: z.string(),
  kind: removableKindSchema,
  condition: z.enum(mediumConditions),
  name: z.string(),
  capacityBytes: z.number().nullable(),
  generation: z.enum(tapeGenerations).nullable(),
  maker: z.string(),
  model: z.string(),
  serial: z.string(),
  purchasedOn: day.nullable(),
  warrantyUntil: day.nullable(),
  owner: z.string(),
  notes: z.string(),
  stage: mediumStageSchema,
  stageSince: instant,
  place: mediumPlaceSchema.nullable(),
  /** The set it rotates in, and its position there. */
  set: z.object({ key: z.string(), title: z.string(), position: z.string() }).nullable(),
  /** Who has it; null when it is not lent. */
  loan: z.object({ id: z.uuid(), borrower: z.string(), dueOn: day }).nullable(),
  createdAt: instant,
});

/** A medium with the copies on it and what is known of its use. */
export const mediumDetailSchema = mediumSchema.extend({
  actions: z.array(z.enum(mediumActions)),
  copies: z.array(
    z.object({
      job: z.string(),
      copy: z.string(),
      vaultId: z.string(),
      writtenAt: instant.nullable(),
      /** When its bytes were last read back and found right. */
      verifiedAt: instant.nullable(),
    }),
  ),
  usage: z.object({ writes: count, loads: count, lastWrittenAt: instant.nullable(), lastLoadedAt: instant.nullable() }),
  /** Days since it was last written, and how many its own rotation allows; null outside of rotations. */
  rest: z.object({ days: count, allowed: count, late: z.boolean() }).nullable(),
  certificate: z.boolean(),
});

export const mediumEventSchema = z.object({
  position: z.number(),
  at: instant,
  action: z.string(),
  from: mediumStageSchema.nullable(),
  to: mediumStageSchema,
  /** Site, room and slot as they were called then. */
  place: z.string(),
  by: z.string(),
  note: z.string(),
  /** What was scanned, and which vault was found on it. */
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const mediaStatsSchema = z.object({
  total: count,
  byStage: z.record(mediumStageSchema, count),
});

export type RemovableKind = (typeof removableKinds)[number];
export type TapeGeneration = (typeof tapeGenerations)[number];
export type MediumCondition = (typeof mediumConditions)[number];
export type NewPlace = z.output<typeof newPlaceSchema>;
export type PlaceView = z.output<typeof placeSchema>;
export type NewMedium = z.output<typeof newMediumSchema>;
export type ChangedMedium = z.output<typeof changedMediumSchema>;
export type MediumView = z.output<typeof mediumSchema>;
export type MediumDetail = z.output<typeof mediumDetailSchema>;
export type MediumEvent = z.output<typeof mediumEventSchema>;
export type MediaStats = { readonly total: number; readonly byStage: Readonly<Record<MediumStage, number>> };

function text(longest: number) {
  return z.string().trim().max(longest);
}
