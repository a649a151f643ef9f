/** Shapes of accounts and what belongs to them. Safe for browsers. */
import { z } from 'zod';

import { keyScopes, permissions, worded } from '#platform/contract';

export const usernameSchema = z
  .string()
  .max(200)
  .transform((name) => name.normalize('NFKC'))
  .pipe(
    z
      .string()
      .min(3)
      .max(50)
      .regex(
        /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]*$/u,
        worded('identity.username-form', 'must begin with a letter or digit and hold only letters, digits and . _ - @'),
      ),
  );

/** Only the length is a matter of form; the rest is judged with the person in mind. */
export const newPasswordSchema = z.string().min(12).max(1024);
/** One that was chosen before; the judgement is whether it is right. */
export const givenPasswordSchema = z.string().min(1).max(1024);

export const codeSchema = z.string().min(1).max(200);
const networkSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
export const networksSchema = z.array(networkSchema).max(100);
export const roleNameSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const languageSchema = z.enum(['en', 'ja']);

export const profileShape = {
  email: z.email().max(100).nullable().optional(),
  fullName: z.string().trim().min(1).max(100).nullable().optional(),
  department: z.string().trim().min(1).max(100).nullable().optional(),
  language: languageSchema.nullable().optional(),
};
export const profileSchema = z.strictObject(profileShape);
export type ProfileInput = z.output<typeof profileSchema>;

export const accountSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  department: z.string().nullable(),
  language: z.string().nullable(),
  role: z.string(),
  kind: z.enum(['local', 'ldap', 'oidc']),
  provider: z.string().nullable(),
  active: z.boolean(),
  /** Since when nothing of the person is kept. */
  anonymisedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  passwordChangedAt: z.string().nullable(),
  /** When another one must be chosen; null: never, or it is kept elsewhere. */
  passwordExpiresAt: z.string().nullable(),
  lastLoginAt: z.string().nullable(),
  /** Too many failed logins: until then even the right password is refused. */
  lockedUntil: z.string().nullable(),
});
export type AccountView = z.output<typeof accountSchema>;

export const riskReasons = ['new-device', 'new-network', 'unusual-hour', 'recent-failures'] as const;
const riskSchema = z.object({
  /** 0 to 100: the sum of the reasons' points, capped. */
  score: z.number().int(),
  reasons: z.array(z.object({ reason: z.enum(riskReasons), points: z.number().int() })).readonly(),
});
export type Risk = z.output<typeof riskSchema>;

export const sessionStageSchema = z.enum(['pending-second-factor', 'open']);

export const sessionSchema = z.object({
  id: z.string(),
  /** The one this request came with. */
  current: z.boolean(),
  stage: sessionStageSchema,
  openedBy: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  risk: riskSchema,
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
});
export type SessionView = z.output<typeof sessionSchema>;

export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, enough to recognise it by. */
  prefix: z.string(),
  scopes: z.array(z.enum(keyScopes)).readonly(),
  /** Addresses it is taken from; empty is everywhere. */
  networks: z.array(z.string()).readonly(),
  /** Jobs it may report on; empty for all. */
  boundTo: z.array(z.string()).readonly(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  replacedBy: z.string().nullable(),
});
export type KeyView = z.output<typeof keySchema>;

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  role: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type InvitationView = z.output<typeof invitationSchema>;

export const roleSchema = z.object({
  name: z.string(),
  title: z.string().nullable(),
  builtIn: z.boolean(),
  permissions: z.array(z.enum(permissions)).readonly(),
  networks: z.array(z.string()).readonly(),
  /** How many active accounts have it. */
  accounts: z.number().int(),
});
export type RoleView = z.output<typeof roleSchema>;

/** Shown once; the code stands in the fragment, which browsers send to nobody. */
export const oneTimeLinkSchema = z.object({ path: z.string(), expiresAt: z.string() });
