/** When the copies of a job are made by themselves (B-070…B-079). Safe for browsers. */
import { z } from 'zod';

import { jobKeySchema } from './job-shapes.ts';

const instant = z.iso.datetime();
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const minutes = z.number().int();

/** Names a list of holidays: `jp`. */
export const calendarKeySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
export const daySchema = z.iso.date();

/** A program that runs before or after a backup, without a shell. */
export const hookSchema = z.strictObject({
  /** The program and its arguments; the program must be one of `backups.programs`. */
  command: z.array(z.string().max(4096)).min(1).max(64),
  /** Exit codes beside 0 that are no failure. */
  okCodes: z.array(z.number().int().min(1).max(255)).max(20).default([]),
  timeoutMinutes: minutes.min(1).max(1440).default(30),
});

export const hooksSchema = z.strictObject({
  /** A failure keeps the backup from being made. */
  before: hookSchema.nullable().default(null),
  /** Runs whatever came out; KURA_RESULT says what: success, partial, failed, or skipped when no copy could be written to. */
  after: hookSchema.nullable().default(null),
});

export const scheduleRulesSchema = z.strictObject({
  /** No backup begins outside; a due one waits for the next opening. May run over midnight. Null: at any time. */
  window: z.strictObject({ from: clockTime, to: clockTime }).nullable().default(null),
  /** On days of this calendar nothing runs. */
  skipHolidays: calendarKeySchema.nullable().default(null),
  /** After downtime: `once` makes up for all missed times by one run, `skip` waits for the next. */
  catchUp: z.enum(['once', 'skip']).default('once'),
  /** Begins only after a good run of that job since its own last time. */
  after: jobKeySchema.nullable().default(null),
  /** How long it waits for that job, or for its window, before the time counts as missed. */
  waitMinutes: minutes.min(1).max(10_080).default(240),
  /** After a run in which a copy failed. */
  retries: z.number().int().min(0).max(10).default(0),
  retryMinutes: minutes.min(1).max(1440).default(15),
});

export const scheduleBodySchema = z.strictObject({
  /** Five fields, in croner's reading: `0 3 * * *`; also `L`, `W`, `#` and nicknames. */
  cron: z.string().trim().min(1).max(100),
  /** IANA zone; default: the one of the house. */
  zone: z.string().min(1).max(60).optional(),
  enabled: z.boolean().default(true),
  rules: scheduleRulesSchema.prefault({}),
});

export const scheduleSchema = z.object({
  job: jobKeySchema,
  title: z.string(),
  cron: z.string(),
  zone: z.string(),
  enabled: z.boolean(),
  rules: scheduleRulesSchema,
  hooks: hooksSchema,
  /** The next times by the pattern and the calendar; none when it is switched off or its job is paused. */
  nextRuns: z.array(instant),
  createdAt: instant,
  updatedAt: instant,
});

export const calendarSchema = z.object({
  key: calendarKeySchema,
  days: z.array(z.object({ day: daySchema, title: z.string() })),
});

/** Countries whose public holidays Kura knows. */
export const holidayCountries = ['jp'] as const;

export const calendarBodySchema = z.strictObject({
  /** Its public holidays are entered as well: from last year to twenty years ahead, as the law has them now. */
  country: z.enum(holidayCountries).optional(),
  days: z
    .array(z.strictObject({ day: daySchema, title: z.string().trim().max(100).default('') }))
    .max(2000)
    .default([]),
});

export type Hook = z.output<typeof hookSchema>;
export type Hooks = z.output<typeof hooksSchema>;
export type ScheduleRules = z.output<typeof scheduleRulesSchema>;
export type ScheduleBody = z.output<typeof scheduleBodySchema>;
export type ScheduleView = z.output<typeof scheduleSchema>;
export type CalendarView = z.output<typeof calendarSchema>;
export type CalendarBody = z.output<typeof calendarBodySchema>;
