/** A process that runs one command on files as `kura` would, for tests that interrupt or kill it. */
import { stopSignal } from '#app/stop-signal';
import { systemClock, systemRandom } from '#kernel/clock';
import { fileCommands } from '#models';

import { runCommand } from '../../../src/domains/models/testing/command-runner.ts';

const run = await runCommand(fileCommands({ clock: systemClock, random: systemRandom }), process.argv.slice(2), {
  signal: stopSignal(process),
  onOutput: (text) => process.stdout.write(text),
});
process.exitCode = run.code;
