/** Sets of media, their rotation, swaps and loans as data (B-005, B-006, B-141…B-149). Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, jobKeySchema } from '../job-shapes.ts';
import { calendarKeySchema } from '../schedule-shapes.ts';
import { mediumConditions, mediumLabelSchema } from './medium-shapes.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const count = z.number().int().nonnegative();
const weekday = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
  z.literal(7),
]);
const weekdays = z.array(weekday).max(7);

export const setKeySchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/);

export const rotationSchemeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('gfs'),
    /** 1 is Monday. */
    sons: weekdays.default([1, 2, 3, 4]),
    fatherOn: weekday.default(5),
    grandfathers: z.number().int().min(0).max(60).default(12),
    yearly: z.number().int().min(0).max(20).default(0),
  }),
  z.strictObject({
    kind: z.literal('hanoi'),
    sets: z.number().int().min(2).max(10),
    weekdays: weekdays.min(1).default([1, 2, 3, 4, 5]),
  }),
  z.strictObject({
    kind: z.literal('custom'),
    media: z.number().int().min(1).max(100),
    every: z.number().int().min(1).max(365),
    unit: z.enum(['day', 'week', 'month']),
  }),
]);

export const newSetSchema = z.strictObject({
  key: setKeySchema,
  title: z.string().trim().min(1).max(200).optional(),
  scheme: rotationSchemeSchema,
  /** Default: today. */
  startsOn: day.optional(),
  /** Days on which nobody changes media. */
  holidays: z.array(day).max(2000).default([]),
  /** Days of this calendar are free as well. */
  calendar: calendarKeySchema.nullable().default(null),
});

export const changedSetSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  scheme: rotationSchemeSchema.optional(),
  startsOn: day.optional(),
  holidays: z.array(day).max(2000).optional(),
  calendar: calendarKeySchema.nullable().optional(),
  active: z.boolean().optional(),
});

const positionSchema = z.string().regex(/^[a-z]+-\d{1,3}$/);
const copyRefSchema = z.object({ job: jobKeySchema, copy: copyNameSchema });

export const setSchema = z.object({
  key: setKeySchema,
  title: z.string(),
  scheme: rotationSchemeSchema,
  startsOn: day,
  holidays: z.array(day),
  calendar: z.string().nullable(),
  active: z.boolean(),
  /** Every position of the scheme; `label` is null where no medium stands yet. */
  positions: z.array(z.object({ position: positionSchema, label: z.string().nullable() })),
  /** Copies that lie on whichever medium of the set was in the drive when they were made. */
  copies: z.array(copyRefSchema),
});

/** Where a medium stands in a rotation, and which copies lie on it. */
export const assignmentSchema = z.strictObject({ label: mediumLabelSchema.nullable() });
export const bindingSchema = z.strictObject({
  job: jobKeySchema,
  copy: copyNameSchema,
  on: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('medium'), label: mediumLabelSchema }),
    z.strictObject({ kind: z.literal('set'), key: setKeySchema }),
    z.strictObject({ kind: z.literal('none') }),
  ]),
});

/** `nothing`: the right medium is in. `blocked`: no usable medium stands at the position; `reason` says why. */
export const dueStates = ['nothing', 'due', 'late', 'blocked'] as const;

export const dueSwapSchema = z.object({
  set: setKeySchema,
  title: z.string(),
  /** The day whose turn counts now; null before the first. */
  day: day.nullable(),
  position: z.string().nullable(),
  state: z.enum(dueStates),
  daysLate: count,
  takeOut: z.array(z.string()),
  putIn: z.string().nullable(),
  /** Stage of the medium that should go in, when that keeps it from going in; `missing` without a medium. */
  reason: z.string().nullable(),
});

export const plannedSwapSchema = z.object({
  day,
  position: z.string(),
  label: z.string().nullable(),
  /** Stage of the medium, or `missing`, when it could not go in now. */
  obstacle: z.string().nullable(),
  /** What became of it; days to come are planned. */
  state: z.enum(['planned', 'done', 'missed']),
});

export const confirmSwapSchema = z.strictObject({
  /** As scanned or read from the label of the medium that went in. */
  putIn: mediumLabelSchema,
  /** As scanned from the medium that came out; needed when there is one. */
  takeOut: mediumLabelSchema.optional(),
  /** Where the medium that came out was put away; without it, it stays at hand. */
  place: z.uuid().optional(),
  /** Another medium than the planned one goes in; say why in the note. */
  deviate: z.boolean().default(false),
  note: z.string().trim().max(1000).default(''),
});

export const swapSchema = z.object({
  id: z.uuid(),
  set: setKeySchema,
  day,
  position: z.string(),
  state: z.enum(['due', 'done', 'missed']),
  planned: z.string().nullable(),
  takenOut: z.string().nullable(),
  putIn: z.string().nullable(),
  by: z.string().nullable(),
  at: instant.nullable(),
  note: z.string(),
  /** Vaults seen on the medium that went in, `job/copy` by vault id; empty when none could be seen. */
  content: z.array(z.object({ copy: z.string(), vaultId: z.string() })),
});

export const lendSchema = z.strictObject({
  borrower: z.string().trim().min(1).max(100),
  organisation: z.string().trim().max(200).default(''),
  contact: z.string().trim().max(200).default(''),
  purpose: z.string().trim().max(200).default(''),
  dueOn: day,
});

export const returnSchema = z.strictObject({
  /** Anything but `good` puts the medium into quarantine. */
  condition: z.enum(mediumConditions),
  note: z.string().trim().max(1000).default(''),
});

export const loanSchema = z.object({
  id: z.uuid(),
  label: z.string(),
  name: z.string(),
  borrower: z.string(),
  organisation: z.string(),
  contact: z.string(),
  purpose: z.string(),
  handedOverBy: z.string(),
  lentAt: instant,
  dueOn: day,
  returnedAt: instant.nullable(),
  takenBackBy: z.string().nullable(),
  condition: z.enum(mediumConditions).nullable(),
  note: z.string(),
  /** Days after the day it was due; 0 when it is in time or back. */
  daysOverdue: count,
});

export type RotationSchemeInput = z.output<typeof rotationSchemeSchema>;
export type NewSet = z.output<typeof newSetSchema>;
export type ChangedSet = z.output<typeof changedSetSchema>;
export type SetView = z.output<typeof setSchema>;
export type Binding = z.output<typeof bindingSchema>;
export type DueSwap = z.output<typeof dueSwapSchema>;
export type PlannedSwap = z.output<typeof plannedSwapSchema>;
export type ConfirmSwap = z.output<typeof confirmSwapSchema>;
export type SwapView = z.output<typeof swapSchema>;
export type Lend = z.output<typeof lendSchema>;
export type ReturnLoan = z.output<typeof returnSchema>;
export type LoanView = z.output<typeof loanSchema>;
