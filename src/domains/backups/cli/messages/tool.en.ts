/** Texts of `kura backups tool …` and of the settings of its copies. */
export const toolEn = {
  'cli.backups.tool': 'restic, borg and rclone as Kura finds and runs them',
  'cli.backups.tool.list': 'say which of them are installed, and whether they are new enough',
  'cli.backups.tool.init': 'make an empty repository',
  'cli.backups.tool.init.tool': 'restic, borg or rclone',
  'cli.backups.tool.init.repo': 'folder, or an address as the tool writes it',
  'cli.backups.tool.init.passphrase-file':
    'file whose content is the passphrase (or set KURA_VAULT_PASSPHRASE); without one borg makes a repository that is not encrypted',
  'cli.backups.tool.init.environment':
    'names of variables of the environment that the tool gets, such as AWS_ACCESS_KEY_ID',
  'cli.backups.tool.init.done':
    'Encrypted {tool} repository made at {repository}. Keep the passphrase apart from it: nobody can open it without.',
  'cli.backups.tool.init.done-open':
    '{tool} repository made at {repository}. It is not encrypted: anybody who has the folder can read it.',
  'cli.backups.tool.show': 'say what the tool tells of a copy: snapshots, size, next verification',
  'cli.backups.tool.show.job': 'key of the job',
  'cli.backups.tool.show.copy': 'name of the copy',
  'cli.backups.tool.show.head': '{tool} {version} at {repository}: {snapshots} snapshots, {bytes} stored',
  'cli.backups.tool.show.next': 'to be read back by {time}; the next verification reads part {part} of {of}',
  'cli.backups.tool.show.unverified': 'never read back so far',
  'cli.backups.tool.forget': 'forget old snapshots of a copy by a rule; only says which, unless told --apply',
  'cli.backups.tool.forget.job': 'key of the job',
  'cli.backups.tool.forget.copy': 'name of the copy',
  'cli.backups.tool.forget.keep-last': 'keep the last so many',
  'cli.backups.tool.forget.keep-daily': 'keep the last of each of so many days',
  'cli.backups.tool.forget.keep-weekly': 'keep the last of each of so many weeks',
  'cli.backups.tool.forget.keep-monthly': 'keep the last of each of so many months',
  'cli.backups.tool.forget.keep-yearly': 'keep the last of each of so many years',
  'cli.backups.tool.forget.apply': 'do it',
  'cli.backups.tool.forget.planned': '{forgotten} would be forgotten, {kept} kept. Say --apply to do it.',
  'cli.backups.tool.forget.done': '{forgotten} forgotten, {kept} kept.',
  'cli.backups.tool.restore': 'restore a snapshot of a copy, or part of it, into an empty folder of this machine',
  'cli.backups.tool.restore.job': 'key of the job',
  'cli.backups.tool.restore.copy': 'name of the copy',
  'cli.backups.tool.restore.target': 'folder to restore into, empty or not there yet',
  'cli.backups.tool.restore.snapshot': 'beginning of an id from "kura backups tool show"; without it the newest',
  'cli.backups.tool.restore.include': 'only these paths below the source; several may follow',
  'cli.backups.tool.restore.done': 'Snapshot {snapshot} was restored to {target}.',
  'cli.backups.tool.restore.partial':
    'Snapshot {snapshot} was restored to {target} in part: {problems} things are missing or wrong.',
  'cli.backups.tool.log': 'show the end of what the tool said during a run',
  'cli.backups.tool.log.run': 'id of the run, from "kura backups runs --json"',
  'cli.backups.add-copy.engine':
    'what makes it: kura-vault (default), restic, borg, rclone, or reported: made elsewhere, Kura only hears of it',
  'cli.backups.protect.command':
    'with --source command:NAME, after --: the program whose output is stored, by its whole path, and its arguments',
  'cli.backups.protect.warn-exit-codes':
    'exit codes of that program that are warnings, such as 1,3; others than 0 mean no snapshot',
  'cli.backups.add-copy.environment': 'names of variables of the environment that the tool gets; several may follow',
  'cli.backups.add-copy.exclude': "patterns to leave out, in the tool's own language; several may follow",
  'cli.backups.add-copy.upload-kib': 'at most so many KiB per second upwards',
  'cli.backups.add-copy.download-kib': 'at most so many KiB per second downwards',
  'cli.backups.add-copy.keep':
    'what stays after each good run, such as last=7,daily=14; without it nothing is forgotten',
  'cli.backups.add-copy.verify-parts': 'read one part of so many at each verification',
  'cli.backups.add-copy.replica-of': 'make it from this copy of the job instead of the source (restic, rclone)',
} as const;
