export const en = {
  'backups.passphrase-needed': 'A new repository is encrypted, and no passphrase was given. Nothing was written.',
  'backups.passphrase-needed.advice':
    'Give it with --passphrase-file FILE or in KURA_VAULT_PASSPHRASE. If everybody who has the folder may read it, say --no-encryption.',
  'backups.passphrase-contradiction': 'A passphrase file was named together with no encryption. Nothing was written.',
  'backups.passphrase-contradiction.advice': 'Leave out one of --passphrase-file and --no-encryption.',
  'backups.passphrase-file-unreadable': 'The passphrase file {path} cannot be read: {reason}',
  'backups.passphrase-file-unreadable.advice': 'Check the path, and that this user may read the file.',
  'backups.passphrase-file-empty': 'The passphrase file {path} is empty.',
  'backups.passphrase-file-empty.advice': 'Write the passphrase into its first line.',
  'backups.restore-contradiction':
    'Files in the way cannot be replaced and left at the same time. Nothing was restored.',
  'backups.restore-contradiction.advice': 'Leave out one of --overwrite and --skip-existing.',
  'backups.and-more': '… and {count} more',
  'backups.column-snapshot': 'snapshot',
  'backups.column-made': 'made',
  'backups.column-source': 'source',
  'backups.column-files': 'files',
  'backups.column-size': 'size',
  'backups.column-tags': 'tags',
} as const;
