export const en = {
  'smtp.unreachable': 'The mail server {server} cannot be reached: {reason}.',
  'smtp.unreachable.advice':
    'Check mail.host and mail.port, and whether the server is up. Waiting mails are tried again.',
  'smtp.tls-failed': 'There is no safe connection to the mail server {server}: {reason}. Nothing was sent.',
  'smtp.tls-failed.advice':
    'For a server of your own authority set mail.caFile; mail.security must fit the port (587: starttls, 465: tls).',
  'smtp.login-refused': 'The mail server {server} refused the login: {reason}.',
  'smtp.login-refused.advice': 'Check mail.user and mail.password. Waiting mails are tried again.',
  'smtp.deferred': 'The mail server {server} takes the mail later: {reason}.',
  'smtp.deferred.advice': 'It is tried again by itself.',
  'smtp.refused': 'The mail server {server} refused the mail: {reason}. It is not tried again.',
  'smtp.refused.advice': 'Check the address, and whether the server lets mail.from send.',
} as const;
