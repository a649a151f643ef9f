export const en = {
  'access.login-required': 'You are not logged in.',
  'access.login-required.advice':
    'Open the one-time link that `kura serve` printed, or send the admin token as a Bearer token.',
  'access.permission-missing': 'This needs the permission {permission}, which you do not have.',
  'access.permission-missing.advice': 'Ask an administrator.',
  'access.foreign-origin': 'The request came from another site and was refused. Nothing was changed.',
  'access.foreign-origin.advice': "Use Kura's own pages, or send the admin token as a Bearer token.",
  'access.csrf-token': 'The request did not come from a page of Kura and was refused. Nothing was changed.',
  'access.csrf-token.advice': 'Reload the page and try again. Programs use an API key instead of a session.',
} as const;
