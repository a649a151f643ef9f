/** `npm run bench [-- AREA…]`: runs the named areas of bench/, or all of them, one after the other. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { runInForeground } from './commands/run-in-foreground.ts';

const root = path.dirname(import.meta.dirname);
const areas = readdirSync(path.join(root, 'bench'))
  .filter((file) => /^(?!harness).*(?<!\.test)\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((area) => !areas.includes(area));
if (unknown.length > 0) {
  console.error(`No such area: ${unknown.join(', ')}. There are: ${areas.join(', ')}.`);
  process.exit(2);
}
const failed: string[] = [];
for (const area of wanted.length === 0 ? areas : wanted) {
  console.error(`bench ${area}`);
  const args = ['--disable-warning=ExperimentalWarning', path.join('bench', `${area}.ts`)];
  if ((await runInForeground(process.execPath, args, root)) !== 0) failed.push(area);
}
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
