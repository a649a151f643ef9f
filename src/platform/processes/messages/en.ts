export const en = {
  'processes.not-started': 'The program {program} could not be started ({reason}).',
  'processes.not-started.advice': 'Check that it is installed and may be executed by the user Kura runs as.',
} as const;
