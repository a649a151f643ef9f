/** The closed vocabulary of what a caller may be allowed to do (P-035). Every route names one, or says why it is public. */
export const permissions = [
  'models:read',
  'models:download',
  'models:write',
  'backups:read',
  'backups:run',
  'knowledge:read',
  'knowledge:write',
  'system:read',
  'system:configure',
] as const;

export type Permission = (typeof permissions)[number];
