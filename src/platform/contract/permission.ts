/** The closed vocabulary of what a caller may be allowed to do (P-035). Every route names one, or says why it is public. */
export const permissions = [
  'models:read',
  'models:download',
  'models:write',
  /** Let in what policy keeps out. */
  'models:override',
  'backups:read',
  'backups:run',
  'knowledge:read',
  'knowledge:write',
  'system:read',
  'system:configure',
] as const;

export type Permission = (typeof permissions)[number];
