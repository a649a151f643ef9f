/** The features of the site's API as people see them. Safe for browsers. */
import { z } from 'zod';

/** `auto`: the mode (`civitai.features`) decides. */
export const featureChoiceSchema = z.enum(['on', 'off', 'auto']);

export const apiFeatureSchema = z.object({
  id: z.string(),
  /** How it is called: `GET /models?tag=`. */
  call: z.string(),
  /** `official` is documented by the site, `extended` is in its source, `experimental` was seen by others. */
  level: z.enum(['official', 'extended', 'experimental']),
  risk: z.enum(['low', 'medium', 'high']),
  evidence: z.object({ source: z.string(), date: z.string() }),
  /** What takes its place: ids of features, `local`; empty = what needs it is refused. */
  fallback: z.array(z.string()).readonly(),
  /** Whether it is used now, and if not, why. */
  decision: z.enum(['on', 'switched-off', 'mode', 'failing', 'no-effect']),
  choice: featureChoiceSchema,
  /** From counted uses and the last probe alone; `unknown` = never tried. */
  standing: z.enum(['available', 'experimental', 'unreliable', 'unavailable', 'unknown']),
  succeeded: z.number().int(),
  failed: z.number().int(),
  /** Share of uses that went well; null without any. */
  ratio: z.number().nullable(),
  lastUsedAt: z.string().nullable(),
  lastFailedAt: z.string().nullable(),
  lastError: z.string().nullable(),
  /** False = there is no cheap question that would show it. */
  probeable: z.boolean(),
  probedAt: z.string().nullable(),
  probeOutcome: z.enum(['works', 'no-effect', 'refused', 'unclear']).nullable(),
  /** A probe asked now would ask the site; otherwise the last outcome still holds. */
  probeDue: z.boolean(),
});
export type ApiFeatureView = z.output<typeof apiFeatureSchema>;

export const apiFeaturesSchema = z.object({
  mode: z.enum(['official-only', 'extended', 'experimental']),
  items: z.array(apiFeatureSchema).readonly(),
});
export type ApiFeaturesView = z.output<typeof apiFeaturesSchema>;
