export const en = {
  'external-scanner.failed': 'It ended with code {exitCode}, which is no verdict: {said}',
  'external-scanner.failed.advice':
    'Run it by hand on the file, or tell by exitCodes in scan.external what the code means.',
  'external-scanner.not-understood': 'What it said is no verdict (exit code {exitCode}): {said}',
  'external-scanner.not-understood.advice':
    'With output: json-lines each line must be an object with verdict clean, suspicious or dangerous.',
  'external-scanner.killed-wall': 'It was not done after {seconds} seconds and was ended.',
  'external-scanner.killed-wall.advice': 'Raise timeoutSeconds in scan.external if it needs longer.',
  'external-scanner.killed-cpu': 'It used more CPU time than it may and was ended.',
  'external-scanner.killed-cpu.advice': 'Raise timeoutSeconds in scan.external if it needs longer.',
  'external-scanner.killed-output': 'It wrote more than anybody reads and was ended.',
  'external-scanner.killed-output.advice': 'Make it less talkative by its args.',
  'external-scanner.killed-file-size': 'It wrote a longer temporary file than it may and was ended.',
  'external-scanner.killed-file-size.advice': 'Give it options that need no temporary files.',
  'external-scanner.killed-signal': 'It crashed, or was ended by a limit.',
  'external-scanner.killed-signal.advice':
    'Raise memoryMiB in scan.external if it needs more, or run it by hand on the file.',
} as const;
