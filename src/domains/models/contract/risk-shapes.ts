/** What happens to files the scan does not call clean, and who let one in all the same. Safe for browsers. */
import { z } from 'zod';

/** Mildest first. */
export const policyActions = ['pass', 'ask', 'block'] as const;
export const policyActionSchema = z.enum(policyActions);
export type PolicyAction = z.output<typeof policyActionSchema>;

export const SHORTEST_REASON = 10;
/** Why somebody takes a risk, for those who read the records later. */
export const riskReasonSchema = z.string().trim().min(SHORTEST_REASON).max(500);

/** Whoever let a file into the library that policy asks about (`ask`) or keeps out (`block`). */
export const admissionSchema = z.object({
  by: z.string(),
  at: z.string(),
  /** Null where policy only asks and nobody gave one. */
  reason: z.string().nullable(),
  action: z.enum(['ask', 'block']),
  /** Rules of the findings that stood against it. */
  rules: z.array(z.string()).readonly(),
});
export type Admission = z.output<typeof admissionSchema>;
