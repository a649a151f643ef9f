export const en = {
  'account.nav': 'My account',
  'account.title': 'My account',
  'account.lead': 'What Kura knows of you, and your password.',
  'account.owner':
    'You are here as the owner of this machine, through a one-time link, without an account of your own.',
  'account.full-name': 'Name',
  'account.email': 'E-mail',
  'account.role': 'Role',
  'account.password-changed': 'Password changed',
  'account.password': 'Change the password',
  'account.password-lead': 'All your other sessions end with it.',
  'account.password-current': 'Current password',
  'account.password-submit': 'Change the password',
  'account.password-done': 'The password was changed; your other sessions have ended.',
  'account.first': 'Create the first administrator',
  'account.first-lead':
    'From then on people log in with a user name and a password. The one-time link goes on working for whoever has this machine.',
  'account.first-submit': 'Create account',
  'password.new': 'New password',
  'password.hint':
    'At least 12 characters. Leaked passwords, your own name and simple patterns are refused; nothing else is asked.',
} as const;
