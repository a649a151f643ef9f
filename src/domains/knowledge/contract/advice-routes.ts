/** Advice while somebody writes: type, tags, what is missing, what should not stand there. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryTypeSchema, unsavedFields } from './entry-shapes.ts';

export const secretKinds = ['private-key', 'password', 'token'] as const;
export const personalKinds = ['mail-address', 'phone-number', 'my-number', 'card-number'] as const;
export type PersonalKind = (typeof personalKinds)[number];

const adviceSchema = z.object({
  /** Likely types, the likeliest first; shares add up to 1 over all six. */
  types: z
    .array(
      z.object({
        type: entryTypeSchema,
        share: z.number(),
        /** Words of the text that speak for it. */
        because: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
  /** Whether the first type may be proposed as it is; else somebody should be asked. */
  isSure: z.boolean(),
  /** Tags of entries like it that it does not have yet. */
  tags: z.array(z.string()).readonly(),
  /** Sections of a good entry of the type, as far as the text has them. */
  sections: z
    .array(
      z.object({
        heading: z.string(),
        hint: z.string(),
        /** `empty`: the heading stands there with nothing but the hint below it. */
        state: z.enum(['there', 'mentioned', 'empty', 'missing']),
      }),
    )
    .readonly(),
  /** Lines that look like a password or key; never the line itself. */
  secrets: z.array(z.object({ line: z.number().int(), kind: z.enum(secretKinds) })).readonly(),
  /** Lines that tell of a person, with what they hold; a hint. */
  personal: z
    .array(
      z.object({
        line: z.number().int(),
        kind: z.enum(personalKinds),
      }),
    )
    .readonly(),
  /** What the text names. */
  facts: z.object({
    dates: z.array(z.string()).readonly(),
    addresses: z.array(z.string()).readonly(),
    codes: z.array(z.string()).readonly(),
  }),
});
export type EntryAdvice = z.output<typeof adviceSchema>;

/** Nothing is changed by it; people decide. */
export const adviseEntry = defineRoute({
  id: 'knowledge.advise-entry',
  method: 'POST',
  path: '/api/v1/knowledge/advice',
  access: 'knowledge:write',
  body: z.strictObject({
    ...unsavedFields,
    /** Whose sections are looked for; the likeliest when left out. */
    type: entryTypeSchema.optional(),
    tags: z.array(z.string().max(100)).max(50).default([]),
  }),
  output: adviceSchema,
});
