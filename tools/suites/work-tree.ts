import { createHash } from 'node:crypto';

import { runCommand } from '../commands/run-command.ts';

/** What git sees as changed or new, with what changed: equal before and after a run that leaves no traces. */
export async function workTreeState(root: string): Promise<readonly string[]> {
  const status = await git(root, ['status', '--porcelain', '--untracked-files=all']);
  const patches = (await git(root, ['diff', '--no-color', 'HEAD'])).split(/^diff --git /m).slice(1);
  const contents = patches.map((patch) => `${patch.slice(0, patch.indexOf('\n'))} ${digest(patch)}`);
  return [...status.split('\n').filter((line) => line !== ''), ...contents];
}

/** The lines that are in one state only. */
export function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  return [...before.filter((line) => !after.includes(line)), ...after.filter((line) => !before.includes(line))];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

async function git(root: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand('git', args, { cwd: root });
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout;
}
