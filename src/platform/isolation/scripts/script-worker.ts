/** The thread in which scripts run: its own event loop stands still while they do, Kura's does not. */
import { parentPort } from 'node:worker_threads';

import { runScript } from './run-script.ts';
import type { ScriptCommand } from './script-request.ts';

parentPort?.on('message', (command: ScriptCommand) => {
  void runScript(command).then((report) => parentPort?.postMessage(report));
});
