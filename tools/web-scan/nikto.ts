/** nikto knows names and answers of thousands of programs with holes; it is asked where it is installed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { runCommand } from '../commands/run-command.ts';

export interface NiktoResult {
  readonly version: string;
  /** What it wrote, a line each. */
  readonly findings: readonly string[];
}

/** @returns undefined where it is not installed */
export async function niktoFindings(url: string, folder: string): Promise<NiktoResult | undefined> {
  const file = path.join(folder, 'nikto.txt');
  const wish = ['-h', url, '-nossl', '-maxtime', '300', '-nointeractive', '-Format', 'txt', '-output', file];
  try {
    await runCommand('nikto', wish, { cwd: folder });
  } catch {
    return undefined;
  }
  const lines = (await readFile(file, 'utf8')).split('\n');
  const [version = 'nikto'] = lines;
  return {
    version: version.replace(/^- /, ''),
    findings: lines.filter((line) => line.startsWith('+ ')).map((line) => line.slice(2)),
  };
}
