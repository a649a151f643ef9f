/** One command line: its signals, its exit code. */
import { systemClock } from '#kernel/clock';
import { runCommandLine } from '#platform/cli';
import { processEnvironment } from '#platform/config';
import { createTranslators } from '#platform/i18n';

import { catalogues } from './catalogues.ts';
import { commandsFor } from './commands/all-commands.ts';
import { connect } from './connect.ts';
import { initialPreferences } from './initial-preferences.ts';
import { stopSignal } from './stop-signal.ts';
import { version } from './version.ts';

export async function run(): Promise<void> {
  const environment = processEnvironment();
  const argv = process.argv.slice(2);
  const signal = stopSignal(process);
  const { language, timeZone } = await initialPreferences(argv, environment);

  // A reader that goes away (`kura … | head`) is no failure of ours.
  process.stdout.on('error', () => process.exit(0));

  process.exitCode = await runCommandLine({
    argv,
    version,
    commands: await commandsFor(argv, environment),
    translators: createTranslators(catalogues, timeZone),
    language,
    streams: { stdout: process.stdout, stderr: process.stderr },
    now: () => systemClock.monotonic(),
    signal,
    connect: (globals, command, out) =>
      connect({ globals, environment, command: command.words.join(' '), out, signal }),
  });

  // Everything was closed above; a handle somebody else left open must not keep the process alive for ever.
  setTimeout(() => process.exit(), 3000).unref();
}
