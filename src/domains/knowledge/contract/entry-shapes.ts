/** What an entry is, for server, web and command line. Safe for browsers. */
import { z } from 'zod';

/** ITSM types (K-002), `other` for everything else worth knowing. */
export const entryTypes = ['incident', 'problem', 'change', 'release', 'request', 'other'] as const;
export const entryTypeSchema = z.enum(entryTypes);
export type EntryType = z.output<typeof entryTypeSchema>;

/** `archived` entries stay readable and are left out of search unless asked for. */
export const entryStatuses = ['draft', 'published', 'archived'] as const;
export const entryStatusSchema = z.enum(entryStatuses);
export type EntryStatus = z.output<typeof entryStatusSchema>;

/** UTF-16 units: a short book chapter. Longer texts are better split, and found better when they are. */
export const longestBody = 200_000;
export const longestTitle = 300;
export const mostTags = 50;

/** PostgreSQL cannot store NUL, and halves of surrogate pairs become other characters on the way to any database. */
const storableText = z
  .string()
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'contains characters that cannot be stored');

export const titleSchema = storableText
  .transform((text) => text.replaceAll(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1).max(longestTitle));

/** Markdown with line feeds, without empty lines around it: the form in which it is stored, exported and compared. */
export const bodySchema = storableText
  .transform((text) =>
    text
      .replaceAll(/\r\n?/g, '\n')
      .replace(/^(?:[^\S\n]*\n)+/u, '')
      .trimEnd(),
  )
  .pipe(z.string().min(1).max(longestBody));

export const tagSchema = storableText
  .transform((text) => text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1).max(60));

/** Each tag once, sorted. */
export const tagsSchema = z
  .array(tagSchema)
  .max(mostTags)
  .transform((tags): readonly string[] => [...new Set(tags)].toSorted());

/** BCP 47, as much of it as people use: `ja`, `en`, `pt-BR`. */
export const langSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);

/** The id an entry has where it came from. */
export const externalIdSchema = storableText.pipe(z.string().trim().min(1).max(300));

const contentFields = {
  title: titleSchema,
  type: entryTypeSchema,
  body: bodySchema,
  tags: tagsSchema.default([]),
  /** Guessed from the text when left out. */
  lang: langSchema.optional(),
  status: entryStatusSchema.default('published'),
};

export const newEntrySchema = z.strictObject({ ...contentFields, externalId: externalIdSchema.optional() });
export type NewEntry = z.output<typeof newEntrySchema>;

/** `version` is the one that was read; a newer one on the server refuses the change. */
export const changedEntrySchema = z.strictObject({ ...contentFields, version: z.number().int().min(1) });
export type ChangedEntry = z.output<typeof changedEntrySchema>;

const summaryFields = {
  id: z.string(),
  externalId: z.string().optional(),
  title: z.string(),
  type: entryTypeSchema,
  tags: z.array(z.string()).readonly(),
  lang: z.string(),
  status: entryStatusSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
};

export const entrySummarySchema = z.object(summaryFields);
export type EntrySummary = z.output<typeof entrySummarySchema>;

export const entrySchema = z.object({
  ...summaryFields,
  body: z.string(),
  createdBy: z.string(),
  updatedBy: z.string(),
  /** Grows by one with each change. */
  version: z.number().int(),
  /** SHA-256 over what people write: equal hashes, equal content. */
  contentHash: z.string(),
});
export type EntryView = z.output<typeof entrySchema>;
