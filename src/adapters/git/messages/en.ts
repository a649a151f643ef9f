export const en = {
  'git.not-installed': 'git is not installed on this machine. Nothing was changed.',
  'git.not-installed.advice': 'Install it, on Debian with: apt install git',
  'git.no-repository': '{folder} is not under git. Nothing was changed.',
  'git.no-repository.advice': 'Make it a repository with `git init`, or clone one there.',
  'git.failed': 'git {step} failed: {reason}',
  'git.failed.advice': 'Try the same in the folder by hand; what was written there is kept.',
  'git.diverged':
    'In {folder} and where it is pushed to, the same lines of {files} were changed. Nothing was joined; both are kept.',
  'git.diverged.advice': 'Run `git pull` in the folder, settle the conflicts, commit, and synchronise again.',
} as const;
