/** Protected jobs and their copies as data. Safe for browsers. */
import { z } from 'zod';

/** What people type to name a job: `library`. */
export const jobKeySchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/);
/** Unique within its job; findings and evidence refer to it. */
export const copyNameSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}$/u);
/** A place; letter case does not make another place. */
export const siteSchema = z.string().trim().min(1).max(63);

/** Kinds of media; the policy groups them into families, so a free word could fake a second family. */
export const mediaKinds = ['disk', 'nas', 'external-hdd', 'usb', 'tape', 'optical', 'cloud', 'object-storage'] as const;
export const mediaKindSchema = z.enum(mediaKinds);

export const copyRoles = ['primary', 'secondary'] as const;
export const copyRoleSchema = z.enum(copyRoles);

/** Where a medium is. `connected` is never recorded by people: it is seen. */
export const mediumStates = [
  'connected',
  'stored',
  'in-transit',
  'on-loan',
  'quarantine',
  'lost',
  'retired',
  'destroyed',
  'disabled',
  'unknown',
] as const;
export const mediumStateSchema = z.enum(mediumStates);
export const recordableStateSchema = mediumStateSchema.exclude(['connected']);

const path = z.string().min(1).max(4096);
const hours = z.number().min(1).max(8760);
const days = z.number().int().min(1).max(3650);
const instant = z.iso.datetime();
const uuid = z.uuid();

export const newJobSchema = z.strictObject({
  key: jobKeySchema,
  title: z.string().trim().min(1).max(200).optional(),
  /** Absolute path of the folder on the machine that runs Kura. */
  source: path,
  /** Where the original lives; a copy anywhere else is off site. */
  site: siteSchema.default('main'),
  /** Hours between expected runs. */
  everyHours: hours.default(24),
  /** Days within which every copy must be read back again. */
  verifyEveryDays: days.default(30),
});

export const newCopySchema = z.strictObject({
  /** Default: the last part of the repository's path. */
  name: copyNameSchema.optional(),
  /** Absolute path of an existing vault; the medium must be connected while the copy is registered. */
  repository: path,
  site: siteSchema,
  media: mediaKindSchema,
  /** Default: `primary` for the first copy. The primary is written and asked first. */
  role: copyRoleSchema.optional(),
  /** The medium is disconnected between runs. */
  offline: z.boolean().default(false),
  /** Days between rotations of an offline medium. */
  rotationDays: days.default(30),
  /** Path of the file that holds the vault's passphrase; the passphrase itself is never stored. */
  passphraseFile: path.optional(),
});

export const copySchema = z.object({
  id: uuid,
  job: jobKeySchema,
  name: copyNameSchema,
  repository: z.string(),
  vaultId: z.string(),
  encrypted: z.boolean(),
  role: copyRoleSchema,
  site: z.string(),
  media: mediaKindSchema,
  connectivity: z.enum(['online', 'offline']),
  /** Null for copies that stay connected. */
  rotationDays: z.number().nullable(),
  passphraseFile: z.string().nullable(),
  /** What was last recorded about the medium. */
  mediumState: mediumStateSchema,
  mediumStateAt: instant,
  createdAt: instant,
});

export const jobSchema = z.object({
  key: jobKeySchema,
  title: z.string(),
  source: z.string(),
  site: z.string(),
  everyHours: z.number(),
  verifyEveryDays: z.number(),
  active: z.boolean(),
  createdAt: instant,
  copies: z.array(copySchema),
});

export type MediaKind = (typeof mediaKinds)[number];
export type CopyRole = (typeof copyRoles)[number];
export type MediumState = (typeof mediumStates)[number];
export type RecordableState = z.output<typeof recordableStateSchema>;
export type NewJob = z.output<typeof newJobSchema>;
export type NewCopy = z.output<typeof newCopySchema>;
export type CopyView = z.output<typeof copySchema>;
export type JobView = z.output<typeof jobSchema>;
