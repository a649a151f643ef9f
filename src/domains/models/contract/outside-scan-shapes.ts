/** What others say of a file: the virus scanner here, and the site's own scans. Safe for browsers. */
import { z } from 'zod';

export const virusScanSchema = z.object({
  result: z.enum(['clean', 'infected', 'not-scanned']),
  /** Name of what was found. */
  signature: z.string().nullable(),
  /** Who scanned: `ClamAV 1.4.6`. */
  engine: z.string().nullable(),
  signatures: z.object({ version: z.string().nullable(), date: z.string().nullable() }).nullable(),
  /** Why nothing was scanned. */
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  scannedAt: z.string().nullable(),
});
export type VirusScanView = z.output<typeof virusScanSchema>;

export const externalScanSchema = z.object({
  scanner: z.string(),
  result: z.enum(['clean', 'suspicious', 'dangerous', 'not-scanned']),
  /** In the words of the scanner. */
  findings: z.array(z.object({ rule: z.string(), severity: z.enum(['suspicious', 'dangerous']), message: z.string() })),
  /** Why nothing was scanned. */
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** `quickjs`: a plugin; `limited`: it ran, but not isolated; null: it did not run. */
  isolation: z.enum(['bubblewrap', 'limited', 'quickjs']).nullable(),
  scannedAt: z.string().nullable(),
});
export type ExternalScanView = z.output<typeof externalScanSchema>;

/** `unknown`: the site uses a word nobody here knows; `not_scanned`: it says nothing. */
export const siteScanOutcomes = [
  'clean',
  'infected',
  'suspicious',
  'pending',
  'failed',
  'not_scanned',
  'unknown',
] as const;
export type SiteScanOutcome = (typeof siteScanOutcomes)[number];

const outcomeSchema = z.object({
  outcome: z.enum(siteScanOutcomes),
  /** The word of the site. */
  said: z.string().nullable(),
  /** What its scanner wrote, as plain text. */
  message: z.string().nullable(),
});

export const siteScanSchema = z.object({
  virus: outcomeSchema,
  pickle: outcomeSchema,
  scannedAt: z.string().nullable(),
  /** `block`: not fetched; `ask`: with `acceptRisk` only; `pass`. */
  action: z.enum(['pass', 'ask', 'block']),
});
export type SiteScanView = z.output<typeof siteScanSchema>;
