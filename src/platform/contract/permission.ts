/** The closed vocabulary of what a caller may be allowed to do (P-035). Every route names one, or says why it is public. */
export const permissions = [
  /** Everybody with an account: their own profile, password, sessions and keys. Never given to an API key. */
  'account:self',
  /** Everybody with an account: their own second factor; all that is left while the role asks for a missing one. */
  'account:factors',
  /** Everybody with an account: another password of their own; all that is left while the present one is too old. */
  'account:password',
  'models:read',
  'models:download',
  'models:write',
  /** Let in what policy keeps out. */
  'models:override',
  'backups:read',
  'backups:run',
  /** Hand in what other programs backed up, and nothing else. */
  'backups:report',
  'knowledge:read',
  'knowledge:write',
  /** Read every knowledge entry whoever may see it; rename and join tags; remove for good. */
  'knowledge:manage',
  'system:read',
  /** Run and pause what Kura does by itself. */
  'system:operate',
  'system:configure',
  /** Accounts, roles, keys, sessions and invitations of everybody. */
  'users:read',
  'users:manage',
  /** The audit log, its chain and what it detected. */
  'audit:read',
  /** Judge what was detected. */
  'audit:review',
] as const;

export type Permission = (typeof permissions)[number];
