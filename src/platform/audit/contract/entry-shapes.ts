/** What an entry of the audit log looks like outside, and by what it is searched. Safe for browsers. */
import { z } from 'zod';

export const auditCategories = [
  'access',
  'authentication',
  'authorization',
  'data',
  'security-scan',
  'configuration',
  'network',
  'system',
  'compliance',
] as const;
export const auditLevels = ['info', 'warning', 'critical'] as const;
export const auditResults = ['done', 'refused', 'failed'] as const;
const actorKinds = ['user', 'system', 'cli', 'job'] as const;

export const entrySchema = z.object({
  id: z.string(),
  /** Place in the chain; null while it is not sealed yet. */
  seq: z.number().int().nullable(),
  at: z.string(),
  actor: z.object({
    kind: z.enum(actorKinds),
    id: z.string(),
    name: z.string(),
    from: z.string().nullable(),
  }),
  correlationId: z.string().nullable(),
  category: z.enum(auditCategories),
  level: z.enum(auditLevels),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  result: z.enum(auditResults),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  hash: z.string().nullable(),
});

export type EntryView = z.output<typeof entrySchema>;

const word = z.string().min(1).max(200);

export const entryFilterShape = {
  /** Id or name of who did it, or their address. */
  who: word.optional(),
  actorKind: z.enum(actorKinds).optional(),
  /** The whole action, or its beginning followed by `*`: `models.*`. */
  action: word.optional(),
  category: z.enum(auditCategories).optional(),
  /** This level and those above. */
  level: z.enum(auditLevels).optional(),
  result: z.enum(auditResults).optional(),
  subjectKind: word.optional(),
  /** Id or name. */
  subject: word.optional(),
  correlationId: word.optional(),
  /** From this instant or day on. */
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  /** Up to this instant, or to the end of this day (UTC). */
  until: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  /** Anywhere in names, ids and changed fields. */
  text: word.optional(),
} as const;

export const entryFilterSchema = z.strictObject(entryFilterShape);
export type EntryFilter = z.output<typeof entryFilterSchema>;
export const entryCursor = z.coerce.number().int().positive();
