export const en = {
  'kernel.interrupted': 'Interrupted. What was finished is kept.',
  'kernel.interrupted.advice': 'Run the same command again; it goes on where it stopped.',
  'kernel.unexpected': 'Something went wrong that Kura did not expect: {reason}',
  'kernel.unexpected.advice': 'The log has the details under the error id. Please report it with that id.',
  'kernel.disk-full': 'The disk is full ({path}). Nothing that was already stored is lost.',
  'kernel.disk-full.advice': 'Free some space and run the same command again.',
  'kernel.no-permission': 'No permission for {path}: {reason}',
  'kernel.no-permission.advice': 'Check owner and mode of that path, or choose another place with --home.',
  'kernel.path-not-found': 'There is nothing at {path}.',
  'kernel.path-not-found.advice': 'Check the spelling of the path.',
} as const;
