/** Copies that restic, borg and rclone make. */
export const enginesEn = {
  'backups.engine-missing': '{tool} is needed for this copy, and it is not installed. Nothing was done.',
  'backups.engine-missing.advice':
    'Install it, for example with "apt install {tool}" (BorgBackup: borgbackup). Kura looks in /usr/local/bin and /usr/bin.',
  'backups.engine-repository-missing': '{tool} finds no repository at {repository}. Nothing was changed.',
  'backups.engine-repository-missing.advice':
    'Check that its disk is mounted and the address right. "kura backups tool init" makes a new one.',
  'backups.engine-passphrase-wrong':
    'The passphrase does not open the repository at {repository}. Nothing was changed.',
  'backups.engine-passphrase-wrong.advice':
    'Check the passphrase file of the copy, or KURA_VAULT_PASSPHRASE, which counts where no file is named.',
  'backups.engine-repository-locked':
    'Somebody else is at work in the repository at {repository}: {reason}. Nothing was changed.',
  'backups.engine-repository-locked.advice':
    'Wait for the other one. Locks that a killed run of this machine left behind Kura removes by itself; those of other machines only a person may remove.',
  'backups.engine-source-empty':
    '{source} holds no files, although earlier backups had some. The copy was not touched, and the run counts as failed.',
  'backups.engine-source-empty.advice':
    'Check that its disk is mounted. If it really is empty now, pause the job or archive it.',
  'backups.engine-failed': '{tool} ended with {code} at {repository}: {reason}. Earlier snapshots are as they were.',
  'backups.engine-failed.advice': '"kura backups tool log RUN" shows the end of what it said.',
  'backups.engine-no-replica':
    '{tool} cannot fill this copy from another one. Only restic copies from restic and rclone copies from rclone can, and none from itself.',
  'backups.engine-no-replica.advice': 'Let the copy be made from the source: leave out the copy it should come from.',
  'backups.engine-keep-last-only':
    '{tool} keeps what earlier runs replaced, not whole snapshots; it can only keep the last so many. Nothing was forgotten.',
  'backups.engine-keep-last-only.advice': 'Give only the number of runs to keep (last).',
  'backups.engine-held': 'Job {job} is under a legal hold ({reason}). Nothing was forgotten.',
  'backups.engine-held.advice': 'Lift the hold first, if you may.',
  'backups.engine-address': '{repository} is no place that {tool} may use. Nothing was done.',
  'backups.engine-address.advice':
    'Give an absolute path, or an address: restic sftp:, rest:, s3:, b2:, azure:, gs:, rclone:; borg ssh://; rclone REMOTE:PATH with a remote of its configuration.',
  'backups.engine-settings': 'The settings of this copy cannot be used: {faults}. Nothing was registered.',
  'backups.engine-settings.advice': 'Mend what is named; the settings of each tool are in the guide.',
  'backups.engine-needs-folder': '{tool} backs up folders, and {source} is none. Nothing was registered.',
  'backups.engine-needs-folder.advice': 'Use a vault for databases and programs.',
  'backups.engine-offline-server': '{repository} is a server; it cannot be an offline medium. Nothing was registered.',
  'backups.engine-offline-server.advice': 'Register it without "offline", or use a disk that is unplugged.',
  'backups.engine-target-in-use': 'The folder {target} is not empty. Nothing was restored.',
  'backups.engine-target-in-use.advice': 'Name an empty folder, or one that is not there yet.',
  'backups.copy-no-tool': 'Copy {copy} is not made by restic, borg or rclone.',
  'backups.copy-no-tool.advice': '"kura backups jobs" shows what makes each copy.',
  'backups.run-log-none': 'No log was kept of run {run}.',
  'backups.run-log-none.advice': 'Only runs of restic, borg and rclone leave one.',
  'backups.program-not-allowed': 'Jobs may not start {program}. Nothing was started.',
  'backups.program-not-allowed.advice':
    'Add its whole path to the setting backups.programs on the machine that runs Kura.',
  'backups.tool-ok': 'can be used',
  'backups.tool-too-old': 'too old: {oldest} or newer is needed',
  'backups.tool-absent': 'not installed',
  'route.backups.list-tools': 'restic, borg and rclone: which are installed, and whether they are new enough',
  'route.backups.init-tool-repository': 'Makes an empty repository of restic, borg or rclone',
  'route.backups.read-copy-tool': 'What the tool says of a copy: snapshots, size, next verification',
  'route.backups.forget-tool-snapshots': 'Forgets old snapshots of a copy by a rule, or says which would go',
  'route.backups.read-run-log': 'The end of what the tool said during a run',
} as const;
