/** What is told to people, and by what routes choose. Safe for browsers. */
import { z } from 'zod';

/** From least to most severe. */
export const severities = ['info', 'warning', 'error', 'critical'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.output<typeof severitySchema>;

/** `raised` also when it came back or got worse; `escalated`: nobody took it on in time. */
export const noticeEvents = ['raised', 'escalated', 'resolved'] as const;
export const noticeEventSchema = z.enum(noticeEvents);
export type NoticeEvent = z.output<typeof noticeEventSchema>;

export const deepestLevel = 5;

/** Names of channels, routes and groups: part of addresses and of targets. */
export const nameSchema = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, digits and hyphens');

/** `owner` is who answers for what it is about; else `channel:NAME`, `group:NAME`, `role:NAME`, `user:NAME`, `mail:ADDRESS`. */
export const targetSchema = z
  .string()
  .max(300)
  .regex(
    /^(?:owner|(?:channel|group):[a-z0-9][a-z0-9-]*|role:[a-z][a-z0-9-]*|user:\S.*|mail:[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+)$/,
    'must be owner, channel:NAME, group:NAME, role:NAME, user:NAME or mail:ADDRESS',
  );

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:30');
const zoneSchema = z.string().max(60).refine(isZone, 'must be an IANA time zone');
/** 1 is Monday, 7 Sunday. */
const daysSchema = z.array(z.number().int().min(1).max(7)).min(1).max(7).readonly();

/** A part of the day in a zone; `until` not after `from` goes on past midnight and belongs to the day it began on. */
export const hoursSchema = z.strictObject({
  from: timeOfDay,
  until: timeOfDay,
  days: daysSchema.default([1, 2, 3, 4, 5, 6, 7]),
  zone: zoneSchema,
});
export type Hours = z.output<typeof hoursSchema>;

export const digestSchema = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('none') }),
  z.strictObject({ every: z.literal('hour') }),
  z.strictObject({ every: z.literal('day'), at: timeOfDay, zone: zoneSchema }),
]);
export type Digest = z.output<typeof digestSchema>;

/** When somebody or something wants to hear. */
export const rhythmShape = {
  minSeverity: severitySchema.default('info'),
  /** Kept until they are over. */
  quiet: hoursSchema.nullable().default(null),
  /** Told at once all the same: in quiet hours and past the digest. */
  urgent: z.enum(['critical', 'error', 'nothing']).default('critical'),
  digest: digestSchema.default({ every: 'none' }),
  /** What comes on top waits and is told together. */
  maxPerHour: z.number().int().min(1).max(1000).default(10),
};
const rhythmSchema = z.strictObject(rhythmShape);
export type Rhythm = z.output<typeof rhythmSchema>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0);
    return true;
  } catch {
    return false;
  }
}
