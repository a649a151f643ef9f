/** What an entry is, for server, web and command line. Safe for browsers. */
import { z } from 'zod';

import { storableText } from '#platform/contract';

/** ITSM types (K-002), `other` for everything else worth knowing. */
export const entryTypes = ['incident', 'problem', 'change', 'release', 'request', 'other'] as const;
export const entryTypeSchema = z.enum(entryTypes);
export type EntryType = z.output<typeof entryTypeSchema>;

/** `review`: somebody else shall look at it. `archived` entries stay readable and are left out of search unless asked for. */
export const entryStatuses = ['draft', 'review', 'published', 'archived'] as const;
export const entryStatusSchema = z.enum(entryStatuses);
export type EntryStatus = z.output<typeof entryStatusSchema>;

/** Who sees an entry: everybody who reads here, one department, or only who has to do with it. */
export const visibilities = ['public', 'department', 'confidential'] as const;
export const visibilitySchema = z.enum(visibilities);
export type Visibility = z.output<typeof visibilitySchema>;

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.output<typeof severitySchema>;

/** UTF-16 units: a short book chapter. Longer texts are better split, and found better when they are. */
export const longestBody = 200_000;
export const longestTitle = 300;
export const mostTags = 50;

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

/** A user name, or the name of a department as accounts have it. */
export const nameSchema = storableText.pipe(z.string().trim().min(1).max(100));
/** A day as YYYY-MM-DD. */
export const daySchema = z.iso.date();
export const noteSchema = storableText.pipe(z.string().trim().min(1).max(500));

/** Of an entry, as whoever changes it has read it. */
export const versionSchema = z.number().int().min(1);

/** An entry's id, ours or the one it has where it came from. */
export const entryIdSchema = z.string().min(1).max(300);
export const idParams = z.strictObject({ id: entryIdSchema });

/** A text that may not be saved yet. */
export const unsavedFields = {
  title: z.string().max(1000),
  body: z.string().max(longestBody),
  /** The entry it is, if it was saved before. */
  except: z.string().max(300).optional(),
};

/** Left out: as before, or as usual for a new entry. Null: nobody, never, none. */
const careFields = {
  visibility: visibilitySchema.optional(),
  /** Whose members see it; for `department` only. */
  department: nameSchema.nullable().optional(),
  /** User name of who answers for it. */
  owner: nameSchema.nullable().optional(),
  /** User name of who is asked to look at it. */
  reviewer: nameSchema.nullable().optional(),
  /** When somebody should check that it still holds. */
  reviewOn: daySchema.nullable().optional(),
  severity: severitySchema.nullable().optional(),
};

const contentFields = {
  title: titleSchema,
  type: entryTypeSchema,
  body: bodySchema,
  tags: tagsSchema.default([]),
  /** Guessed from the text when left out. */
  lang: langSchema.optional(),
  status: entryStatusSchema.default('published'),
  ...careFields,
  /** Why, for the history. */
  note: noteSchema.optional(),
};

export const newEntrySchema = z.strictObject({ ...contentFields, externalId: externalIdSchema.optional() });
export type NewEntry = z.output<typeof newEntrySchema>;

/** `version` is the one that was read; a newer one on the server refuses the change. */
export const changedEntrySchema = z.strictObject({ ...contentFields, version: versionSchema });
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
  visibility: visibilitySchema,
  owner: z.string().nullable(),
  reviewOn: z.string().nullable(),
  severity: severitySchema.nullable(),
};

/** What a list of other things says of an entry. */
export const namedEntrySchema = z.object({
  id: z.string(),
  title: z.string(),
  type: entryTypeSchema,
  status: entryStatusSchema,
});

export const entrySummarySchema = z.object(summaryFields);
export type EntrySummary = z.output<typeof entrySummarySchema>;

export const entrySchema = z.object({
  ...summaryFields,
  body: z.string(),
  department: z.string().nullable(),
  reviewer: z.string().nullable(),
  createdBy: z.string(),
  updatedBy: z.string(),
  /** Grows by one with each change. */
  version: z.number().int(),
  /** Why this version was saved. */
  note: z.string().nullable(),
  /** The version it brought back. */
  restoredFrom: z.number().int().nullable(),
  /** SHA-256 over what people write: equal hashes, equal content. */
  contentHash: z.string(),
});
export type EntryView = z.output<typeof entrySchema>;
