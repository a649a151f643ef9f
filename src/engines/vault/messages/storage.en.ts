/** Trouble with the place where a repository lies. */
export const storageEn = {
  'vault.storage-unreachable': '{location} cannot be reached ({reason}). What was stored there before is kept.',
  'vault.storage-unreachable.advice':
    'Check the connection, the disk and the server, then start again. It goes on where it stopped.',
  'vault.storage-refused': '{location} did not let Kura in ({reason}). Nothing was changed there.',
  'vault.storage-refused.advice':
    'Check the login for this place (KURA_BACKUPS_CREDENTIALS_FILE), and whether it may read and write there.',
  'vault.storage-read-only': '{location} can only be read. Nothing was changed there.',
  'vault.storage-read-only.advice':
    'Mount it for writing, or move the write protection of the medium. Restoring and verifying work as it is.',
  'vault.object-exists': '{object} is already there; somebody else wrote it at the same moment. It was left as it is.',
  'vault.object-exists.advice': 'Start again; what is there now is then taken into account.',
  'vault.object-retained': 'The storage keeps {object} until {until}; it was not removed.',
  'vault.object-retained.advice':
    'Wait until then. Whoever set up the object lock meant that nobody can remove it earlier.',
  'vault.object-unreadable': 'The storage has the object {object} but does not give it out ({reason}).',
  'vault.object-unreadable.advice':
    'The medium is probably failing: copy what can be read to another one, then repair from the source or another copy.',
  'vault.medium-changed':
    'What lies at {location} now is not the medium from before: it was disconnected or exchanged. Nothing was written to what lies there now.',
  'vault.medium-changed.advice': 'Connect the medium again and start again. It goes on where it stopped.',
  'vault.medium-not-mounted':
    'A medium belongs at {mountPoint}, and none is mounted there. Nothing was written into the empty mount point.',
  'vault.medium-not-mounted.advice': 'Connect and mount it, then start again.',
  'vault.source-warned': '{path} was read to its end, and its source gave a warning: {reason}',
  'vault.source-warned.advice': 'Look into the warning; what the snapshot holds may lack what it speaks of.',
  'vault.stream-name': '{path} is no name for a file in a snapshot. No snapshot was made.',
  'vault.stream-name.advice': 'Use a plain file name without slashes, such as "shop.sql".',
} as const;
