import { operationsEn } from './operations.en.ts';
import { registerEn } from './register.en.ts';
import { storageEn } from './storage.en.ts';

export const en = {
  ...storageEn,
  ...operationsEn,
  ...registerEn,
  'vault.already-exists': 'There already is a repository at {location}. It was left as it is.',
  'vault.already-exists.advice': 'Back up into it, or choose another place for a new one.',
  'vault.folder-not-empty': '{location} is not empty and holds no repository. Nothing was written.',
  'vault.folder-not-empty.advice': 'Choose an empty or a new folder.',
  'vault.not-a-vault': 'There is no repository at {location}.',
  'vault.not-a-vault.advice':
    'Check the path and that the disk is connected. A new repository is made with "kura vault init".',
  'vault.config-damaged': 'The file {object} of the repository is damaged. The stored data was not touched.',
  'vault.config-damaged.advice':
    'If config or config.copy is still good, copy it over the other. Otherwise bring the file back from a copy of the repository.',
  'vault.version-unsupported': 'The repository has format version {version}; this Kura reads version {supported}.',
  'vault.version-unsupported.advice': 'Use the version of Kura that wrote it, or a newer one.',
  'vault.passphrase-missing': 'This repository is encrypted, and no passphrase was given.',
  'vault.passphrase-missing.advice': 'Give it with --passphrase-file or in KURA_VAULT_PASSPHRASE.',
  'vault.passphrase-unused': 'A passphrase was given, but this repository is not encrypted. Nothing was done.',
  'vault.passphrase-unused.advice':
    'If it should be encrypted, check that it is the right repository and that nobody replaced its config. Otherwise leave the passphrase out.',
  'vault.passphrase-wrong': 'The passphrase does not open this repository.',
  'vault.passphrase-wrong.advice': 'Check the passphrase, also for spaces and line ends. Nobody can open it without.',
  'vault.source-missing': 'The folder to back up, {source}, does not exist. No snapshot was made.',
  'vault.source-missing.advice': 'Check the path, and whether a disk or network folder is missing.',
  'vault.source-not-a-folder': '{source} is not a folder. No snapshot was made.',
  'vault.source-not-a-folder.advice': 'Back up the folder that contains it; the other files can be excluded.',
  'vault.locked':
    'Another process is writing to {location}: process {pid} on {host}, since {since}. Nothing was changed.',
  'vault.locked.advice':
    'Wait until it has finished. A process that died is recognised by itself: at once on this machine, after 10 minutes on another.',
  'vault.lock-unreadable': 'The lock {lock} in {location} cannot be read. Nothing was changed.',
  'vault.lock-unreadable.advice': 'Make sure that no backup is running, then delete that file.',
  'vault.lock-lost':
    'Another writer took over {location} because this one was silent for too long. No snapshot was made; what was stored is kept.',
  'vault.lock-lost.advice': 'Start the backup again when the other has finished. It goes on with what is there.',
  'vault.storage-full': 'The repository at {location} has no room left. What was stored is kept; no snapshot was made.',
  'vault.storage-full.advice': 'Free some space there and start the backup again. It goes on where it stopped.',
  'vault.object-missing': 'The object {object} is missing from the repository.',
  'vault.object-missing.advice':
    'If the source still has the files, the next backup stores it again. Otherwise look for it in a copy of the repository.',
  'vault.object-truncated': 'The object {object} is not as long as it was when it was stored.',
  'vault.object-truncated.advice':
    'Check the disk. If the source still has the files, the next backup stores the object again.',
  'vault.object-damaged':
    'The object {object} is damaged: its content is not what was stored. None of it was given out.',
  'vault.object-damaged.advice':
    'Check the disk. Move the object away; if the source still has the files, the next backup stores it again.',
  'vault.content-mismatch': 'A file came back with a SHA-256 other than {sha256}.',
  'vault.content-mismatch.advice': 'Do not use it. Restore it from another snapshot or another repository.',
  'vault.list-damaged': 'The file list of a snapshot cannot be understood.',
  'vault.list-damaged.advice': 'Use another snapshot; "kura vault verify" tells which are sound.',
  'vault.snapshot-damaged': 'The snapshot {object} is damaged. Other snapshots are not affected.',
  'vault.snapshot-damaged.advice': 'Use another snapshot, or bring this file back from a copy of the repository.',
  'vault.snapshot-not-found': 'There is no snapshot {snapshot}.',
  'vault.snapshot-not-found.advice': '"kura vault snapshots" lists what is there. At least 4 digits are needed.',
  'vault.snapshot-ambiguous': '{matches} snapshots begin with {snapshot}.',
  'vault.snapshot-ambiguous.advice': 'Give more digits.',
  'vault.no-snapshots': 'The repository at {location} has no snapshots yet.',
  'vault.no-snapshots.advice': 'Make the first one with "kura vault backup".',
  'vault.file-not-found': 'Snapshot {snapshot} has no file {path}.',
  'vault.file-not-found.advice': 'Paths are relative to the folder that was backed up; capitals count.',
  'vault.nothing-matches': 'Nothing in the snapshot matches {include}. Nothing was written.',
  'vault.nothing-matches.advice': 'Paths are relative to the folder that was backed up; capitals count.',
  'vault.target-exists': '{path} already exists. It was left as it is.',
  'vault.target-exists.advice':
    'Restore into an empty folder, or choose whether existing files are replaced or skipped.',
  'vault.path-escapes': 'The snapshot contains the path {path}, which would leave the target folder. It was refused.',
  'vault.path-escapes.advice': 'Kura does not write such paths. Find out who made this snapshot.',
  'vault.path-through-link': '{path} is not a real folder; restoring would have written through it. It was refused.',
  'vault.path-through-link.advice': 'Restore into an empty folder, or remove the link first.',
  'vault.link-target-missing': 'The hard link could not be made because its file {target} was not restored.',
  'vault.link-target-missing.advice': 'Restore both, or the file it points to.',
  'vault.written-differs': '{path} read back differently from what was written. The file was not put in place.',
  'vault.written-differs.advice': 'Check the target disk and the memory of this machine, then restore again.',
  'vault.worker-stopped': 'A worker thread of the backup stopped unexpectedly. What was stored is kept.',
  'vault.worker-stopped.advice': 'Start again. If it happens again, report it with the log.',
  'vault.file-unreadable': '{path} could not be read ({reason}) and is not in the snapshot.',
  'vault.file-unreadable.advice': 'Check permissions and the disk, then back up again.',
  'vault.folder-unreadable': 'The folder {path} could not be listed ({reason}); its contents are not in the snapshot.',
  'vault.folder-unreadable.advice': 'Check permissions and the disk, then back up again.',
  'vault.file-changed': '{path} kept changing while it was read. It is in the snapshot, but may mix two states.',
  'vault.file-changed.advice': 'Back up again while nothing writes to it, or back up an export of it.',
  'vault.attributes-unreadable':
    'The extended attributes of {path} could not be read ({reason}); its content is in the snapshot.',
  'vault.attributes-unreadable.advice': 'Check permissions, then back up again.',
  'vault.source-emptied':
    'The source holds no files any more; the snapshot before had {reason}. Older snapshots were not touched.',
  'vault.source-emptied.advice':
    'Check that its disk or network folder is mounted. Do not remove older snapshots before you know.',
  'vault.attributes-not-kept':
    'Extended attributes and ACLs are not in the snapshot: this system gives Kura no way to read them.',
  'vault.attributes-not-kept.advice': 'If you need them, run the backup on Linux with 64 bits.',
  'vault.special-not-kept': '{path} is a socket, pipe or device and is not in the snapshot.',
  'vault.special-not-kept.advice': 'Nothing needs to be done; programs and the system make them anew.',
  'vault.name-clash':
    '{path} was not restored: the target does not tell its name apart from another one of the snapshot.',
  'vault.name-clash.advice':
    'Restore to a disk that distinguishes capitals, or let the second file be restored under another name.',
  'vault.owners-not-restored': '{count} files now belong to you and not to their former owners, the first: {path}.',
  'vault.owners-not-restored.advice':
    'To keep owners, restore as the superuser. Set-user-ID rights were dropped with the owner.',
  'vault.attributes-not-restored':
    '{count} extended attributes or ACLs could not be set, the first on {path} ({reason}).',
  'vault.attributes-not-restored.advice': 'Some may only be set by the superuser, and not every file system has them.',
  'vault.links-not-restored':
    '{count} hard links became files of their own, the first: {path}. The target cannot hold them otherwise ({reason}).',
  'vault.links-not-restored.advice': 'Nothing is lost; the files take more room.',
  'vault.orphans': '{objects} stored objects ({bytes} bytes) belong to no snapshot, usually from an interrupted run.',
  'vault.orphans.advice':
    'They do no harm; the next backup reuses what it can, and "kura vault prune" removes the rest.',
  'vault.unknown-file': '{object} does not belong to the repository.',
  'vault.unknown-file.advice': 'Move it elsewhere if you know what it is.',
} as const;
