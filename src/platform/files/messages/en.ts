export const en = {
  'files.locked':
    '{name} is in use by another Kura process: `{command}` (process {pid} on {host}, since {since}). Nothing was changed.',
  'files.locked.advice':
    'Wait until it is done and run the command again, or stop that process. lock.waitSeconds sets how long Kura waits.',
  'files.lock-unreadable': 'The lock file {path} cannot be read.',
  'files.lock-unreadable.advice': 'Make sure that no Kura process is running, then delete that file.',
  'files.home-not-made': 'The data directory {folder} cannot be made ({reason}). Nothing was changed.',
  'files.home-not-made.advice': 'Name a folder you may write to with --home or KURA_HOME.',
} as const;
