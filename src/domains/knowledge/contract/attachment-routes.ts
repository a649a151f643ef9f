/** Files beside an entry (K-065): whoever may read the entry may read them. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, storableText } from '#platform/contract';

import { entryIdSchema, idParams } from './entry-shapes.ts';

/** No setting allows more than this. */
export const largestAttachmentMiB = 25;
export const mostAttachments = 50;

const largestBase64 = Math.ceil((largestAttachmentMiB * 1024 * 1024) / 3) * 4;

/** Looked at letter by letter: the usual pattern needs a stack as long as the text. */
const base64Schema = z
  .string()
  .max(largestBase64)
  .refine((text) => text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text), 'is not base64');

const attachmentNameSchema = storableText.min(1).max(255);

const fields = {
  /** One harmless file name, each once per entry. */
  name: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** By its first bytes, not by its name. */
  mediaType: z.string(),
  addedAt: z.string(),
  addedBy: z.string(),
};

const attachmentSchema = z.object(fields);
export type Attachment = z.output<typeof attachmentSchema>;

const readAttachmentSchema = z.object({ ...fields, content: z.string() });
export type ReadAttachment = z.output<typeof readAttachmentSchema>;

const path = '/api/v1/knowledge/entries/:id/attachments';
const params = z.strictObject({ id: entryIdSchema, name: attachmentNameSchema });
const notThere = ['knowledge.entry-not-found', 'knowledge.attachment-not-found', 'knowledge.attachment-damaged'];

/** By name. */
export const listAttachments = defineRoute({
  id: 'knowledge.list-attachments',
  method: 'GET',
  path,
  access: 'knowledge:read',
  params: idParams,
  output: z.object({ items: z.array(attachmentSchema).readonly() }),
  errors: ['knowledge.entry-not-found'],
});

/** The same file again changes nothing. The answer has the name under which it is kept. */
export const addAttachment = defineRoute({
  id: 'knowledge.add-attachment',
  method: 'POST',
  path,
  access: 'knowledge:write',
  limit: 'upload',
  params: idParams,
  body: z.strictObject({
    name: attachmentNameSchema,
    content: base64Schema,
    /** Another file of this name gives way. */
    replace: z.boolean().default(false),
  }),
  bodyBytes: largestBase64 + 4096,
  output: attachmentSchema,
  status: 201,
  errors: [
    'knowledge.entry-not-found',
    'knowledge.attachment-name-taken',
    'knowledge.attachment-too-large',
    'knowledge.attachment-empty',
    'knowledge.attachment-program',
    'knowledge.attachment-mislabelled',
    'knowledge.attachment-infected',
    'knowledge.too-many-attachments',
  ],
});

/** With its bytes, in base64. */
export const readAttachment = defineRoute({
  id: 'knowledge.read-attachment',
  method: 'GET',
  path: `${path}/:name`,
  access: 'knowledge:read',
  params,
  output: readAttachmentSchema,
  errors: notThere,
});

/** The bytes themselves, for pages and other programs; never shown by a browser as a page of this site. */
export const downloadAttachment = defineRoute({
  id: 'knowledge.download-attachment',
  method: 'GET',
  path: `${path}/:name/file`,
  access: 'knowledge:read',
  params,
  output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  errors: notThere,
});

export const removeAttachment = defineRoute({
  id: 'knowledge.remove-attachment',
  method: 'DELETE',
  path: `${path}/:name`,
  access: 'knowledge:write',
  params,
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.entry-not-found', 'knowledge.attachment-not-found'],
});
