export const en = {
  'recovery.not-an-image': 'The folder {folder} holds no image of Kura.',
  'recovery.not-an-image.advice': 'Name a backup of the job “kura”; other jobs hold other things.',
  'recovery.other-master-key':
    'The master key {id} is not the one of this backup, which needs {needed}. Nothing was put in place.',
  'recovery.other-master-key.advice':
    'Look for the recovery kit whose id is {needed}: the kit of the day the backup was made.',
  'recovery.image-damaged': 'The backup does not hold what it says it does: {files}. Nothing was put in place.',
  'recovery.image-damaged.advice': 'Take an earlier snapshot or another copy, and verify this one.',
  'recovery.home-not-empty': 'The data directory {folder} is not empty. Nothing was changed.',
  'recovery.home-not-empty.advice': 'Name an empty one with --home, or move what is there aside.',
  'recovery.database-not-empty': 'There is a database already where this one should go. It was left as it is.',
  'recovery.database-not-empty.advice':
    'Make an empty one and name it in KURA_DATABASE_URL, and start again in an empty data directory.',
  'recovery.other-database': 'This backup holds a {dialect} database, and the settings name another kind.',
  'recovery.other-database.advice':
    'For postgres name an empty database in KURA_DATABASE_URL; for sqlite leave it out. Start again in an empty data directory.',
  'recovery.no-scratch-database': 'No empty database could be made on the server to try the backup in: {reason}',
  'recovery.no-scratch-database.advice':
    'Give the account of Kura the right to make databases (CREATEDB). It is dropped again after the drill.',
  'recovery.program-missing':
    'The program {program} was not found; PostgreSQL is neither saved nor restored without it.',
  'recovery.program-missing.advice':
    'Install the client programs of PostgreSQL (Debian: postgresql-client), not older than the server.',
  'recovery.program-failed': '{program} ended with {code}: {reason}',
  'recovery.program-failed.advice': 'Mend what it says; the client programs must not be older than the server.',
} as const;
