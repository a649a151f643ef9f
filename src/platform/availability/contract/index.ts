/** Routes of availability. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

export const availabilityPeriods = ['day', 'week', 'month'] as const;
export type AvailabilityPeriod = (typeof availabilityPeriods)[number];

/** Seconds in each state. What is `unknown` was before Kura first looked, or has not come yet: it counts nowhere. */
const figuresShape = {
  /** All probes well, or some degraded: Kura answered. */
  upSeconds: z.number(),
  /** The part of `upSeconds` in which a probe was degraded. */
  degradedSeconds: z.number(),
  /** A probe had failed, or Kura was gone without having been stopped. */
  downSeconds: z.number(),
  /** Stopped by somebody; counts neither for nor against. */
  stoppedSeconds: z.number(),
  unknownSeconds: z.number(),
  /** `up` of `up` and `down`, rounded down to three decimals; null when neither was observed. */
  percent: z.number().nullable(),
  /** Begun in this time. */
  incidents: z.number().int(),
};

export const availabilityIncidentSchema = z.object({
  from: z.string(),
  /** Null while it lasts. */
  until: z.string().nullable(),
  seconds: z.number(),
  /** `failed`: probes said so. `vanished`: Kura observed nothing and had not been stopped. */
  kind: z.enum(['failed', 'vanished']),
  /** Names of the probes that failed; empty when Kura was gone. */
  probes: z.array(z.string()).readonly(),
  /** What the first of them said. */
  detail: z.string().nullable(),
});
export type AvailabilityIncident = z.output<typeof availabilityIncidentSchema>;

const spanSchema = z.object({
  /** First day and last, both inclusive, in the organisation's zone. */
  from: z.string(),
  to: z.string(),
  ...figuresShape,
});
export type AvailabilitySpan = z.output<typeof spanSchema>;

/** At most 400 days, none further ahead than that; by default the last thirty, today included. */
export const readAvailability = defineRoute({
  id: 'availability.read',
  method: 'GET',
  path: '/api/v1/availability',
  access: 'system:read',
  query: z.strictObject({
    by: z.enum(availabilityPeriods).default('day'),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
  output: z.object({
    zone: z.string(),
    /** Since when there are observations; null when there is none. */
    observedSince: z.string().nullable(),
    /** The last one. */
    observedUntil: z.string().nullable(),
    targetPercent: z.number(),
    total: spanSchema,
    /** Seconds that the target allows to be down, of what was observed; how many are left may be negative. */
    budget: z.object({ allowedSeconds: z.number(), usedSeconds: z.number(), leftSeconds: z.number() }),
    /** Mean time until an incident was over, and mean time up between incidents; null without one. */
    mttrSeconds: z.number().nullable(),
    mtbfSeconds: z.number().nullable(),
    /** Oldest first; weeks begin on Monday, the first and last may be cut. */
    periods: z.array(spanSchema).readonly(),
    /** Newest first, those that touch the time asked about; at most 200. */
    incidents: z.array(availabilityIncidentSchema).readonly(),
    /** There are more than those. */
    incidentsCut: z.boolean(),
  }),
  errors: ['availability.bad-period'],
});
export type AvailabilityView = z.output<typeof readAvailability.output>;
