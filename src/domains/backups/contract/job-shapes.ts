/** Protected jobs and their copies as data. Safe for browsers. */
import { z } from 'zod';

/** What people type to name a job: `library`. */
export const jobKeySchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/);
/** Unique within its job; findings and evidence refer to it. */
export const copyNameSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}$/u);
/** Names a policy: `restricted`. */
export const policyKeySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
/** Names a storage provider: `nas`. */
export const providerKeySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
export const tagSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,39}$/u);

export const jobKinds = ['files', 'database', 'system-image', 'vm'] as const;
export const jobKindSchema = z.enum(jobKinds);
/** Most important first. */
export const criticalities = ['critical', 'high', 'normal', 'low'] as const;
export const criticalitySchema = z.enum(criticalities);
/** Most worth protecting first. */
export const dataClasses = ['restricted', 'confidential', 'internal', 'public'] as const;
export const dataClassSchema = z.enum(dataClasses);

/** A place; letter case does not make another place. */
export const siteSchema = z.string().trim().min(1).max(63);

/** Kinds of media; the policy groups them into families, so a free word could fake a second family. */
export const mediaKinds = ['disk', 'nas', 'external-hdd', 'usb', 'tape', 'optical', 'cloud', 'object-storage'] as const;
export const mediaKindSchema = z.enum(mediaKinds);

/** What makes a copy: Kura's vault, a tool that Kura runs, or nothing here: `reported` copies are only told about. */
export const copyEngines = ['kura-vault', 'restic', 'borg', 'rclone', 'reported'] as const;
export const copyEngineSchema = z.enum(copyEngines);
/** What stands behind a reported copy. */
export const reportedTools = ['restic', 'borg', 'rclone', 'veeam', 'wsb', 'aomei', 'robocopy', 'other'] as const;
export const reportedToolSchema = z.enum(reportedTools);
/** Settings of the engine; each engine has a schema of its own for them. */
export const engineSettingsSchema = z.record(z.string(), z.unknown());

export const copyRoles = ['primary', 'secondary'] as const;
export const copyRoleSchema = z.enum(copyRoles);

/** Where a medium is. `connected` is never recorded by people: it is seen. */
export const mediumStates = [
  'connected',
  /** At hand: neither connected nor put away. */
  'available',
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

/** What people have to say about a job; none of it changes what is backed up. */
export const jobFactsShape = {
  title: z.string().trim().min(1).max(200),
  description: z.string().max(500),
  kind: jobKindSchema,
  /** Who answers for it. */
  owner: z.string().trim().min(1).max(100).nullable(),
  criticality: criticalitySchema,
  dataClass: dataClassSchema.nullable(),
  tags: z.array(tagSchema).max(20),
  /** Minutes of work that may be lost; null for no goal. */
  rpoMinutes: z.number().int().min(1).max(525_600).nullable(),
  /** Minutes until it must be back; null for no goal. */
  rtoMinutes: z.number().int().min(1).max(525_600).nullable(),
  /** Days for which backups are kept, as far as somebody said so; held against the policy. */
  retentionDays: days.nullable(),
  /** Key of the policy; null for that of the data class. */
  policy: policyKeySchema.nullable(),
} as const;

export const newJobSchema = z.strictObject({
  key: jobKeySchema,
  /**
   * Absolute path of the folder on the machine that runs Kura, `sqlite:PATH`, `postgres://USER@HOST/DATABASE` or
   * `command:NAME`; with `target`, what it is called there.
   */
  source: path,
  /** Another machine that holds the source; Kura does not look for it here. */
  target: z.string().trim().min(1).max(100).optional(),
  /** Where the original lives; a copy anywhere else is off site. */
  site: siteSchema.default('main'),
  /** Hours between expected runs. */
  everyHours: hours.default(24),
  /** Days within which every copy must be read back again. */
  verifyEveryDays: days.default(30),
  ...z.object(jobFactsShape).partial().shape,
  /** Of a source `command:NAME`: the program, by its whole path, and its arguments. */
  command: z.array(z.string().max(4096)).max(100).optional(),
  /** Exit codes of that program that mean: done, but look at it. */
  warnExitCodes: z.array(z.number().int().min(1).max(255)).max(20).optional(),
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
  engine: copyEngineSchema.optional(),
  /** Only for reported copies, and needed there. */
  tool: reportedToolSchema.optional(),
  engineSettings: engineSettingsSchema.optional(),
  /** Of copies that are no vault: whether they are encrypted, as somebody says. */
  encrypted: z.boolean().optional(),
  provider: providerKeySchema.optional(),
  /** Object lock: until then nobody can change or delete the copy. */
  lockedUntil: instant.optional(),
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
  engine: copyEngineSchema,
  tool: reportedToolSchema.nullable(),
  engineSettings: engineSettingsSchema,
  provider: z.string().nullable(),
  /** A copy that is not enabled is neither written nor counted. */
  enabled: z.boolean(),
  lockedUntil: instant.nullable(),
  /** What was last recorded about the medium. */
  mediumState: mediumStateSchema,
  mediumStateAt: instant,
  createdAt: instant,
});

export const jobSchema = z.object({
  key: jobKeySchema,
  source: z.string(),
  site: z.string(),
  everyHours: z.number(),
  verifyEveryDays: z.number(),
  active: z.boolean(),
  createdAt: instant,
  copies: z.array(copySchema),
  ...jobFactsShape,
  target: z.string().nullable(),
  /** Paused until then although it is active; null when it is not. */
  pausedUntil: instant.nullable(),
  pauseReason: z.string().nullable(),
  /** Kept for its history, but neither run nor judged. */
  archivedAt: instant.nullable(),
  archiveReason: z.string().nullable(),
  /** Why nothing of it may be given up; null when nothing forbids it. */
  legalHold: z.string().nullable(),
  updatedAt: instant,
});

export type CopyEngine = (typeof copyEngines)[number];
export type ReportedTool = (typeof reportedTools)[number];
export type ProtectedKind = (typeof jobKinds)[number];
export type Criticality = (typeof criticalities)[number];
export type DataClass = (typeof dataClasses)[number];
export type MediaKind = (typeof mediaKinds)[number];
export type CopyRole = (typeof copyRoles)[number];
export type MediumState = (typeof mediumStates)[number];
export type RecordableState = z.output<typeof recordableStateSchema>;
export type NewJob = z.output<typeof newJobSchema>;
export type NewCopy = z.output<typeof newCopySchema>;
export type CopyView = z.output<typeof copySchema>;
export type JobView = z.output<typeof jobSchema>;
