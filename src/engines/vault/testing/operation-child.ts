/** An operation in a process that kills itself. Arguments: name, folder, passphrase, step to die at, milliseconds after it. */
import { operationNames, runOperation } from './vault-operations.ts';

const [name, folder = '', passphrase = '', step = '0', after = '0'] = process.argv.slice(2);
const operation = operationNames.find((known) => known === name);
if (operation === undefined) throw new Error(`no operation ${name}`);
let steps = 0;
await runOperation(operation, {
  folder,
  passphrase,
  onStep() {
    steps += 1;
    if (steps !== Number(step)) return;
    if (after === '0') process.kill(process.pid, 'SIGKILL');
    // Somewhere inside of the step, or of what runs beside it.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(after));
  },
});
