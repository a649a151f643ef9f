import { statSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../commands/run-command.ts';

/** Every file that is, or would be, part of the repository, as a sorted path from `root`. */
export async function trackedFiles(root: string, signal?: AbortSignal): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { code, stdout, stderr } = await runCommand('git', args, { cwd: root, ...(signal ? { signal } : {}) });
  if (code !== 0) throw new Error(`git ls-files failed in ${root}: ${stderr.trim()}`);
  const files = stdout
    .split('\0')
    .filter((file) => file !== '' && statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile());
  return [...new Set(files)].toSorted();
}

export function isTypeScript(file: string): boolean {
  return /\.tsx?$/.test(file);
}

export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith('test/') || file.includes('/testing/');
}
