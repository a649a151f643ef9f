/** What is printed about media: labels, slips, certificates. Safe for browsers. */
import { z } from 'zod';

import { mediumLabelSchema } from './medium-shapes.ts';

/** A4 sheets as they are sold: columns × rows, and the size of one label in millimetres. */
export const labelGrids = ['3x8', '2x7', '4x11', '1x1'] as const;

export const labelSheetSchema = z.strictObject({
  labels: z.array(mediumLabelSchema).min(1).max(500),
  grid: z.enum(labelGrids).default('3x8'),
  /** Labels already taken from the first sheet. */
  skip: z.number().int().min(0).max(43).default(0),
  /** Where phones reach Kura; default: `access.publicUrl`. Without any, the code holds the label alone. */
  address: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
});

/** A file inside a JSON answer: the contract knows no other kind. */
export const fileSchema = z.object({ name: z.string(), mediaType: z.string(), base64: z.base64() });

export const retireReasons = ['old', 'damaged', 'obsolete', 'capacity', 'lost', 'other'] as const;
export const retireSchema = z.strictObject({
  reason: z.enum(retireReasons),
  note: z.string().trim().max(1000).default(''),
});

export const destroyMethods = ['shredded', 'crushed', 'degaussed', 'incinerated', 'overwritten', 'service'] as const;
export const destroySchema = z.strictObject({
  method: z.enum(destroyMethods),
  /** Who saw it; a service names its own certificate in the note. */
  witness: z.string().trim().min(1).max(200),
  note: z.string().trim().max(1000).default(''),
});

export const certificateSchema = z.object({
  id: z.uuid(),
  label: z.string(),
  kind: z.enum(['retired', 'destroyed']),
  at: z.iso.datetime(),
  /** JSON; exactly these bytes (UTF-8) were hashed and signed. */
  document: z.string(),
  sha256: z.string(),
  /** Ed25519 over `document`, Base64, by Kura's own key. */
  signature: z.string(),
  keyId: z.string(),
  publicKey: z.string(),
});

export type LabelGrid = (typeof labelGrids)[number];
export type LabelSheet = z.output<typeof labelSheetSchema>;
export type PrintedFile = z.output<typeof fileSchema>;
export type Retire = z.output<typeof retireSchema>;
export type Destroy = z.output<typeof destroySchema>;
export type Certificate = z.output<typeof certificateSchema>;
