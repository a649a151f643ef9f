/** Storage providers: the places copies lie in, and how they fare (B-085…B-091). Safe for browsers. */
import { z } from 'zod';

import { mediaKindSchema, providerKeySchema, siteSchema } from './job-shapes.ts';
import { toldSchema } from './run-shapes.ts';

const instant = z.iso.datetime();
const bytes = z.number().int().nonnegative();

/** As in the setting `backups.credentials`; written, never read. */
export const providerLoginSchema = z.strictObject({
  accessKeyId: z.string().min(1).max(500).optional(),
  secretAccessKey: z.string().min(1).max(500).optional(),
  sessionToken: z.string().min(1).max(5000).optional(),
  password: z.string().min(1).max(500).optional(),
  privateKeyFile: z.string().min(1).max(4096).optional(),
  passphrase: z.string().min(1).max(500).optional(),
});

export const providerBodySchema = z.strictObject({
  title: z.string().trim().min(1).max(100),
  /** Absolute path of a folder, or an address (`s3:`, `sftp:`, `rclone:`). Null: no program reaches it. */
  address: z.string().trim().min(1).max(4096).nullable().default(null),
  site: siteSchema,
  media: mediaKindSchema,
  /** Left out: as it is. Null: none. */
  login: providerLoginSchema.nullable().optional(),
  /** What there is room for, where it cannot be measured. */
  capacityBytes: bytes.nullable().default(null),
  /** Used hundredths from which on somebody should know. */
  warnPercent: z.number().int().min(1).max(100).default(80),
  active: z.boolean().default(true),
  /** Last day on which the login holds, as whoever gave it says; two weeks before, Kura tells. */
  loginEndsOn: z.iso.date().nullable().default(null),
});

export const providerSchema = z.object({
  key: providerKeySchema,
  title: z.string(),
  address: z.string().nullable(),
  site: z.string(),
  media: mediaKindSchema,
  hasLogin: z.boolean(),
  capacityBytes: bytes.nullable(),
  warnPercent: z.number(),
  active: z.boolean(),
  loginEndsOn: z.iso.date().nullable(),
  /** Of the server's TLS certificate, as last seen; null where there is none, or nobody saw it. */
  certificateEndsAt: instant.nullable(),
  /** Whether they end soon: within two and three weeks. */
  loginEnding: z.boolean(),
  certificateEnding: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  /** Copies that lie there. */
  copies: bytes,
  /** Null before the first check. */
  check: z
    .object({
      at: instant,
      passed: z.boolean(),
      latencyMs: z.number().nullable(),
      totalBytes: bytes.nullable(),
      freeBytes: bytes.nullable(),
      usedPercent: z.number().nullable(),
      spaceLow: z.boolean(),
      error: toldSchema.nullable(),
    })
    .nullable(),
  /** By a straight line through the last 30 days; null with fewer than five or no growth. */
  forecast: z
    .object({
      bytesPerDay: z.number(),
      /** When nine tenths are used. */
      fullOn: z.iso.date().nullable(),
      /** How well the line fits, 0 to 1. */
      fit: z.number(),
      days: z.number(),
    })
    .nullable(),
});

export type ProviderLogin = z.output<typeof providerLoginSchema>;
export type ProviderBody = z.output<typeof providerBodySchema>;
export type ProviderView = z.output<typeof providerSchema>;
