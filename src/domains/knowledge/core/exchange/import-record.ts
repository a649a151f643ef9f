/** One record of an import, whatever file it came from, validated. */
import { z } from 'zod';

import {
  bodySchema,
  daySchema,
  type EntryType,
  entryStatusSchema,
  entryTypes,
  externalIdSchema,
  langSchema,
  mostAttachments,
  nameSchema,
  severitySchema,
  tagsSchema,
  titleSchema,
  visibilitySchema,
} from '../../contract/index.ts';

/** Names other systems and people give the types (K-002); upper and lower case do not matter. */
const typeNames: ReadonlyMap<string, EntryType> = new Map([
  ...entryTypes.map((type) => [type, type] as const),
  ['service request', 'request'],
  ['service-request', 'request'],
  ['article', 'other'],
  ['インシデント', 'incident'],
  ['問題', 'problem'],
  ['問題管理', 'problem'],
  ['変更', 'change'],
  ['変更管理', 'change'],
  ['リリース', 'release'],
  ['リリース管理', 'release'],
  ['サービスリクエスト', 'request'],
  ['その他', 'other'],
]);

export const entryTypeNameSchema = z.string().transform((name, context) => {
  const type = typeNames.get(name.trim().toLowerCase());
  if (type !== undefined) return type;
  context.addIssue({ code: 'custom', message: `is none of ${entryTypes.join(', ')}` });
  return z.NEVER;
});

const instantSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const idSchema = z.union([z.string(), z.number().transform(String)]).pipe(externalIdSchema);

/** Fields beyond these are not ours and do not matter. */
const importRecordSchema = z.object({
  /** The id it has where it comes from; the same id again is the same entry. */
  id: optional(idSchema),
  title: titleSchema,
  type: entryTypeNameSchema,
  body: bodySchema,
  tags: z
    .array(z.union([z.string(), z.number().transform(String)]))
    .nullish()
    .transform((tags) => tags ?? [])
    .pipe(tagsSchema),
  lang: optional(langSchema),
  status: optional(entryStatusSchema),
  visibility: optional(visibilitySchema),
  department: optional(nameSchema),
  owner: optional(nameSchema),
  reviewer: optional(nameSchema),
  reviewOn: optional(daySchema),
  severity: optional(severitySchema),
  /** What an export of Kura remembers beyond that. */
  kuraId: optional(z.uuid()),
  created: optional(instantSchema),
  updated: optional(instantSchema),
  /** Files beside it, seen from the file the record stands in. */
  attachments: optional(z.array(z.string().min(1).max(1000)).max(mostAttachments)),
});

/** Other programs write null for what they do not have. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined);
}

export type ImportRecord = z.output<typeof importRecordSchema>;

/** Why a record was left out: a key of the messages with what it needs. */
export interface SkipReason {
  readonly code: `knowledge.${string}`;
  readonly params: Readonly<Record<string, string | number>>;
}

export function skipBecause(code: SkipReason['code'], params: SkipReason['params'] = {}): SkipReason {
  return { code, params };
}

/** The record, or what is wrong with it: the first fault of each field. */
export function readRecord(value: unknown): ImportRecord | SkipReason {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return skipBecause('knowledge.skip-no-object');
  const read = importRecordSchema.safeParse(value);
  if (read.success) return read.data;
  const faults = new Map<string, string>();
  for (const { path, message } of read.error.issues) {
    const field = path.join('.');
    if (!faults.has(field)) faults.set(field, message);
  }
  const detail = [...faults].map(([field, message]) => `${field}: ${message}`).join('; ');
  return skipBecause('knowledge.skip-invalid', { detail });
}

export function isSkipReason(value: ImportRecord | SkipReason): value is SkipReason {
  return 'code' in value;
}
