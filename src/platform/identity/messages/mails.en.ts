/** What is said in mails about accounts. */
export const mailsEn = {
  'identity.mail.greeting': 'Hello {user},',
  'identity.mail.open-account': 'Open your account',
  'identity.mail.not-you':
    'If that was you, there is nothing to do. If not, change your password at once, end all sessions in your account, and tell an administrator.',
  'identity.mail.once':
    'The link works once. Whoever has it can use it: do not pass this mail on. If you expected no such mail, you need not do anything.',
  'identity.mail.invitation.subject': 'You are invited to Kura',
  'identity.mail.invitation':
    '{user} invites you to Kura. With the link you choose a user name and a password, until {until}.',
  'identity.mail.invitation.action': 'Create the account',
  'identity.mail.first-password.subject': 'Your account in Kura',
  'identity.mail.first-password':
    'An account {user} was made for you in Kura. With the link you choose its password, until {until}.',
  'identity.mail.first-password.action': 'Choose the password',
  'identity.mail.reset.subject': 'A new password for Kura',
  'identity.mail.reset':
    'Somebody asked for a new password for your account {user}. With the link you choose it, until {until}. Your old password holds until then.',
  'identity.mail.reset.action': 'Choose a new password',
  'identity.mail.login.subject': 'New login to Kura',
  'identity.mail.login':
    'Somebody logged in to your account from a browser or network that was not seen before: {time}, from the address {from}.',
  'identity.mail.linked.subject': 'A login provider was linked to your account',
  'identity.mail.linked':
    'On {time} your account was linked to the login provider {provider}, because it vouches for your e-mail address. From now on you can log in with it, too.',
  'identity.mail.password.subject': 'Your password was changed',
  'identity.mail.password':
    'The password of your account was changed on {time}, from the address {from}. All other sessions have ended.',
  'identity.mail.email.subject': 'The e-mail address of your account was changed',
  'identity.mail.email':
    'On {time}, from the address {from}, your account was given another e-mail address, or none. This is the last mail to this one.',
  'identity.mail.key.subject': 'An API key was made',
  'identity.mail.key': 'On {time}, from the address {from}, an API key was made for your account: {name}.',
  'identity.mail.second-factor.enable.subject': 'The authenticator app is set up',
  'identity.mail.second-factor.enable':
    'On {time}, from the address {from}, an authenticator app was set up as second factor of your account.',
  'identity.mail.second-factor.disable.subject': 'The second factor was taken off',
  'identity.mail.second-factor.disable':
    'On {time}, from the address {from}, the authenticator app was taken off your account.',
  'identity.mail.second-factor.reset.subject': 'Your second factor was taken off by an administrator',
  'identity.mail.second-factor.reset':
    'On {time} an administrator took the second factor off your account and ended all its sessions.',
  'identity.mail.second-factor.renew-recovery-codes.subject': 'New recovery codes were made',
  'identity.mail.second-factor.renew-recovery-codes':
    'On {time}, from the address {from}, new recovery codes were made for your account; the earlier ones no longer work.',
  'identity.mail.passkey.add.subject': 'A passkey was added',
  'identity.mail.passkey.add': 'On {time}, from the address {from}, a passkey was added to your account: {name}.',
  'identity.mail.passkey.remove.subject': 'A passkey was removed',
  'identity.mail.passkey.remove': 'On {time}, from the address {from}, a passkey was removed from your account.',
} as const;
