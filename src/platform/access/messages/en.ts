export const en = {
  'access.login-required': 'You are not logged in.',
  'access.login-required.advice':
    'Open the one-time link that `kura serve` printed, or send the admin token as a Bearer token.',
  'access.permission-missing': 'This needs the permission {permission}, which you do not have.',
  'access.permission-missing.advice': 'Ask an administrator.',
  'access.bad-token': 'The token is not valid.',
  'access.bad-token.advice': 'The admin token of this server stands in run/admin-token inside its data directory.',
  'access.link-used': 'This link was already used or has expired.',
  'access.link-used.advice': 'Make a new one with `kura login-link` on the machine that runs Kura.',
  'access.foreign-origin': 'The request came from another site and was refused. Nothing was changed.',
  'access.weak-secret': 'The admin token is too weak for production: {reason}. The server was not started.',
  'access.weak-secret.advice': 'Use at least 24 random characters, or remove the setting and Kura generates one.',
} as const;
