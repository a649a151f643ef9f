import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

import { runCommand } from '../commands/run-command.ts';

/** What a generator makes: new files by path from the root, and what is left to a person. */
export interface Scaffold {
  readonly files: ReadonlyMap<string, string>;
  readonly next: readonly string[];
  /** Files that may be there already and are written anew, such as the list of migrations. */
  readonly rewritten?: readonly string[];
}

/** Writes and formats the files. @throws before writing anything when one of them exists. */
export async function writeScaffold(root: string, { files, rewritten = [] }: Scaffold): Promise<void> {
  const taken = [...files.keys()].filter((file) => !rewritten.includes(file) && existsSync(path.join(root, file)));
  if (taken.length > 0) throw new Error(`Already there, nothing was written: ${taken.join(', ')}.`);
  for (const [file, content] of files) {
    await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await fs.writeFile(path.join(root, file), content);
  }
  const args = ['check', '--write', '--vcs-enabled=false', ...files.keys()];
  const { code, stdout, stderr } = await runCommand('biome', args, { cwd: root });
  if (code !== 0) throw new Error(`The new files could not be formatted: ${stdout}${stderr}`);
}

/** One generator as a command: makes, writes, says what it wrote and what to do next; exit code 1 with the reason. */
export async function generate(make: () => Scaffold | Promise<Scaffold>, root: string): Promise<number> {
  try {
    const scaffold = await make();
    await writeScaffold(root, scaffold);
    for (const file of scaffold.files.keys()) console.log(`wrote ${file}`);
    for (const step of scaffold.next) console.log(`next  ${step}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
