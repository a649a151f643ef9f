/** What is said in login providers and command lines that log in. */
export const waysInEn = {
  'identity.no-provider': 'No login provider is configured.',
  'identity.no-provider.advice': 'Log in with user name and password; administrators set one up with oidc.issuer.',
  'identity.provider-incomplete': 'oidc.issuer is set, but {missing} is missing.',
  'identity.provider-incomplete.advice':
    'Set it in kura.yaml or the environment, or remove oidc.issuer to go without a provider.',
  'identity.provider-login-failed':
    'Login refused: what the login provider sent back does not belong to a login of this page, or does not hold.',
  'identity.provider-login-failed.advice':
    'Begin again on the login page, in the same window. Administrators find the reason in the audit log.',
  'identity.provider-not-admitted': 'The login provider knows you, but you may not come in here.',
  'identity.provider-not-admitted.advice': 'Ask an administrator of Kura, who finds the reason in the audit log.',
  'identity.email-by-admin':
    'Here logins by the provider are linked by e-mail address, so only administrators set it. Nothing was changed.',
  'identity.email-by-admin.advice': 'Ask an administrator.',
  'identity.department-by-admin':
    'Departments see what others do not, so only administrators set them. Nothing was changed.',
  'identity.department-by-admin.advice': 'Ask an administrator.',
  'identity.role-from-provider': 'The role of {user} comes from the login provider. Nothing was changed.',
  'identity.role-from-provider.advice': 'Put the person into another group there, or change oidc.roles.',
  'identity.device-unknown': 'This login was not begun here, is over, or was used already.',
  'identity.device-unknown.advice': 'Run kura login again.',
  'identity.device-not-found': 'No command line waits with this code.',
  'identity.device-not-found.advice':
    'Compare the code; it is good for ten minutes and one login. If need be, run kura login again.',
  'identity.key-missing': 'No API key came with the request.',
  'identity.key-missing.advice': 'Send the key as a Bearer token.',
  'route.session.begin-provider-login': 'Begins a login by the login provider',
  'route.session.open-by-provider': 'Logs in with what the login provider sent back',
  'route.session.request-password-reset': 'Asks for a link for a new password by mail',
  'route.device.begin': 'Begins the login of a command line',
  'route.device.ask': 'Asks whether the login of a command line was approved',
  'route.device.look-up': 'Shows which command line waits with a code',
  'route.device.decide': 'Approves or refuses the login of a command line',
  'route.key.end-own': 'Ends the API key that comes with the request',
} as const;
