/** What the watch on the site's answers tells. Safe for browsers. */
import { z } from 'zod';

/** low = nothing to do · medium = some detail is lost · high = a decision lacks its ground · critical = nothing readable */
export const apiImpactSchema = z.enum(['low', 'medium', 'high', 'critical']);
export const apiChangeStateSchema = z.enum(['open', 'accepted']);

export const apiChangeSchema = z.object({
  id: z.string(),
  /** `/models`, `/models/:id`, … */
  endpoint: z.string(),
  /** `field-missing`, `type-changed`, `body-html`, …; the sentence stands in `title`. */
  kind: z.string(),
  /** Place in the answer: `$.items[].id`. */
  path: z.string(),
  was: z.string(),
  now: z.string(),
  impact: apiImpactSchema,
  /** Additive changes are accepted by themselves. */
  state: apiChangeStateSchema,
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  sightings: z.number().int(),
  acceptedAt: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  /** In the caller's language. */
  title: z.string(),
  advice: z.string(),
});
export type ApiChangeView = z.output<typeof apiChangeSchema>;

export const apiWatchStatusSchema = z.object({
  endpoints: z
    .array(
      z.object({
        endpoint: z.string(),
        /** Answers learned from. */
        answers: z.number().int(),
        fields: z.number().int(),
        statuses: z.record(z.string(), z.number().int()),
        learnedAt: z.string(),
      }),
    )
    .readonly(),
  /** Changes that wait for somebody, by impact. */
  open: z.record(apiImpactSchema, z.number().int()),
});
export type ApiWatchStatusView = z.output<typeof apiWatchStatusSchema>;
