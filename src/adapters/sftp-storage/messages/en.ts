export const en = {
  'sftp.address': '{address} is no address of a repository on an SFTP server. Nothing was done.',
  'sftp.address.advice':
    'Write sftp://USER@HOST/FOLDER?host-key=SHA256:… without a password; /~/FOLDER lies in the user’s own folder.',
  'sftp.host-key-unknown':
    'The address does not say which key {host} has, so nobody can tell whether it is the right server. It showed {seen}. Nothing was sent.',
  'sftp.host-key-unknown.advice':
    'On the server, compare it with "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub". If it is the same, add ?host-key={seen} to the address.',
  'sftp.host-key-changed':
    '{host} showed the key {seen}, expected was {expected}. It may be another server that pretends to be yours. Nothing was sent.',
  'sftp.host-key-changed.advice':
    'Ask who runs the server whether its key was renewed. Change host-key in the address only after that.',
  'sftp.private-key':
    'The private key for {location} cannot be used: it is damaged, or its passphrase is wrong or missing.',
  'sftp.private-key.advice': 'Check the entry of the credentials file, also "passphrase".',
  'sftp.private-key-unreadable': 'The private key {path} cannot be read ({reason}). Nothing was sent.',
  'sftp.private-key-unreadable.advice': 'Check the path in the credentials file, and that Kura may read it.',
  'sftp.credentials-missing': 'No login is known for {location}. Nothing was done.',
  'sftp.credentials-missing.advice':
    'Name a password or a privateKeyFile in the credentials file (KURA_BACKUPS_CREDENTIALS_FILE), or start an SSH agent.',
} as const;
