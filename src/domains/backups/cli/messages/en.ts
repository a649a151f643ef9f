/** Texts of the commands. */
export const en = {
  'cli.vault': 'content-addressed backups of folders, without a server or a database',
  'cli.vault.init': 'make an empty repository, encrypted unless told otherwise',
  'cli.vault.init.repo': 'folder of the new repository; empty or not there yet',
  'cli.vault.init.passphrase-file': 'file whose content is the passphrase (or set KURA_VAULT_PASSPHRASE)',
  'cli.vault.init.encryption': 'aes256 (default), or none: anybody who has the folder can read it',
  'cli.vault.init.done':
    'Encrypted repository made at {repository}. Keep the passphrase apart from it: nobody can open it without.',
  'cli.vault.init.done-open':
    'Repository made at {repository}. It is not encrypted: anybody who has the folder can read it.',
  'cli.vault.backup': 'back up a folder as a new snapshot; exit code 3 when some files could not be read',
  'cli.vault.backup.source': 'the folder to back up',
  'cli.vault.backup.repo': 'folder of the repository',
  'cli.vault.backup.passphrase-file': 'file whose content is the passphrase (or set KURA_VAULT_PASSPHRASE)',
  'cli.vault.backup.tag': 'word to find the snapshot by; several may follow',
  'cli.vault.backup.exclude': 'name or path pattern to leave out (* ? **); several may follow',
  'cli.vault.backup.progress': '{files} files, {bytes}, {newBytes} new – {path}',
  'cli.vault.backup.done': 'Snapshot {snapshot}: {files} files, {bytes}, of which {newBytes} were new, in {seconds} s.',
  'cli.vault.backup.partial':
    'Snapshot {snapshot} is incomplete: {problems} paths could not be kept as they are. {files} files, {bytes} are in it.',
  'cli.vault.snapshots': 'list the snapshots of a repository, oldest first',
  'cli.vault.snapshots.repo': 'folder of the repository',
  'cli.vault.snapshots.passphrase-file': 'file whose content is the passphrase (or set KURA_VAULT_PASSPHRASE)',
  'cli.vault.snapshots.empty': 'No snapshots yet.',
  'cli.vault.verify': 'check that everything is there and undamaged; exit code 5 when it is not',
  'cli.vault.verify.repo': 'folder of the repository',
  'cli.vault.verify.passphrase-file': 'file whose content is the passphrase (or set KURA_VAULT_PASSPHRASE)',
  'cli.vault.verify.read-data': 'read, decrypt and hash every stored byte, not only what is needed to find it',
  'cli.vault.verify.progress': '{objects} objects, {bytes} of {totalBytes}, {errors} errors',
  'cli.vault.verify.sound':
    'Nothing is missing: {snapshots} snapshots, {objects} objects, {bytes}. With --read-data every byte is read as well.',
  'cli.vault.verify.sound-data': 'Sound, every byte was read: {snapshots} snapshots, {objects} objects, {bytes}.',
  'cli.vault.verify.damaged': 'Damaged: {errors} errors in {objects} objects of {snapshots} snapshots.',
  'cli.vault.restore': 'restore a snapshot, or part of it, into a folder',
  'cli.vault.restore.snapshot': '"latest", or the beginning of an id from "kura vault snapshots"',
  'cli.vault.restore.repo': 'folder of the repository',
  'cli.vault.restore.passphrase-file': 'file whose content is the passphrase (or set KURA_VAULT_PASSPHRASE)',
  'cli.vault.restore.target': 'folder to restore into; made when missing',
  'cli.vault.restore.include': 'only these paths or patterns; a folder brings its contents; several may follow',
  'cli.vault.restore.overwrite': 'replace files that are in the way',
  'cli.vault.restore.skip-existing': 'leave files that are in the way as they are',
  'cli.vault.restore.verify': 'read each file back after writing and compare its SHA-256',
  'cli.vault.restore.progress': '{files} of {totalFiles} files, {bytes} of {totalBytes} – {path}',
  'cli.vault.restore.done':
    '{files} files, {bytes} restored into {target} in {seconds} s ({skipped} left as they were).',
  'cli.vault.restore.partial':
    '{files} files, {bytes} restored into {target}; {problems} paths could not be restored. None of them carries wrong content.',
  'cli.vault.restore.torn':
    '{count} restored files changed while they were backed up and may mix two states, among them {path}.',
} as const;
