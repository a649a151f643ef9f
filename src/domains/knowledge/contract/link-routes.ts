/** How entries hang together: links of eight kinds, and drafts that follow from an entry. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { type EntryType, entryIdSchema, entrySchema, idParams, namedEntrySchema, noteSchema } from './entry-shapes.ts';

/**
 * Kinds of links (K-005), from one entry to another. `analysed-by`: incident to problem; `solved-by`: problem to change;
 * `shipped-in`: change to release; `carried-out-by`: request to change; `duplicate-of`; `related`, which has no direction;
 * `parent-of`; `refers-to`.
 */
export const linkKinds = [
  'analysed-by',
  'solved-by',
  'shipped-in',
  'carried-out-by',
  'duplicate-of',
  'related',
  'parent-of',
  'refers-to',
] as const;
export const linkKindSchema = z.enum(linkKinds);
export type LinkKind = z.output<typeof linkKindSchema>;

/** Types at both ends, for kinds that demand them. */
export const linkEnds: ReadonlyMap<LinkKind, { readonly from: EntryType; readonly to: EntryType }> = new Map([
  ['analysed-by', { from: 'incident', to: 'problem' }],
  ['solved-by', { from: 'problem', to: 'change' }],
  ['shipped-in', { from: 'change', to: 'release' }],
  ['carried-out-by', { from: 'request', to: 'change' }],
]);

export const entryLinkSchema = z.object({
  kind: linkKindSchema,
  /** `to`: from this entry to the other; `from`: the other way round. */
  direction: z.enum(['to', 'from']),
  note: z.string().nullable(),
  linkedAt: z.string(),
  linkedBy: z.string(),
  entry: namedEntrySchema,
});
export type EntryLink = z.output<typeof entryLinkSchema>;

/** In both directions, as far as the caller may see the other entry. */
export const listLinks = defineRoute({
  id: 'knowledge.list-links',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/links',
  access: 'knowledge:read',
  params: idParams,
  output: z.object({ items: z.array(entryLinkSchema).readonly() }),
  errors: ['knowledge.entry-not-found'],
});

/** Linking again changes the note. */
export const linkEntries = defineRoute({
  id: 'knowledge.link-entries',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/links',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ kind: linkKindSchema, target: entryIdSchema, note: noteSchema.optional() }),
  output: z.object({ items: z.array(entryLinkSchema).readonly() }),
  errors: ['knowledge.entry-not-found', 'knowledge.link-to-itself', 'knowledge.link-ends'],
});

export const unlinkEntries = defineRoute({
  id: 'knowledge.unlink-entries',
  method: 'DELETE',
  path: '/api/v1/knowledge/entries/:id/links/:kind/:target',
  access: 'knowledge:write',
  params: z.strictObject({ id: entryIdSchema, kind: linkKindSchema, target: entryIdSchema }),
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.entry-not-found'],
});

/** A draft of what follows from an entry – the problem behind an incident, the change that solves a problem – linked with it. */
export const followEntry = defineRoute({
  id: 'knowledge.follow-entry',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/follow-ups',
  access: 'knowledge:write',
  params: idParams,
  output: entrySchema,
  status: 201,
  errors: ['knowledge.entry-not-found', 'knowledge.nothing-follows'],
});
