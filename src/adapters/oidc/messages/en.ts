export const en = {
  'oidc.refused': 'The login provider, or what it signed, was refused: {reason}.',
  'oidc.refused.advice': 'Try to log in again. Administrators find the reason in the audit log.',
  'oidc.unreachable': 'Login refused: the login provider {issuer} cannot be reached at the moment ({reason}).',
  'oidc.unreachable.advice': 'Try again in a while. Accounts with a password of Kura can log in without it.',
} as const;
