/** Runs the commands of one page as a reader would: one shell, one new home, in order, up to the first surprise. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { MINUTE } from '#kernel/units';

import type { GuideCommand } from './executable-commands.ts';
import { marked, otherOutput, type ShownOutput } from './shown-output.ts';

export interface GuideRun {
  /** Root of the repository, where readers type their commands. */
  readonly root: string;
  readonly commands: readonly GuideCommand[];
  /** What the page shows as printed by them. */
  readonly outputs: readonly ShownOutput[];
  readonly civitaiUrl: string;
  readonly language: 'en' | 'ja';
}

/** A page that takes longer hangs, and is ended. */
const longestMs = 10 * MINUTE;

/** What went otherwise than the page says, with all that was printed; undefined when all went as written. */
export async function runGuide(run: GuideRun): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-guide-'));
  try {
    // What readers have in front of them, without letting a command write into the repository.
    const seen = ['bin', 'docs', 'node_modules', 'tools'];
    for (const name of seen) await symlink(join(run.root, name), join(folder, name));
    return await runIn(folder, run);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(
  folder: string,
  { commands, outputs, civitaiUrl, language }: GuideRun,
): Promise<string | undefined> {
  const shell = spawn('sh', ['-c', marked(commands, outputs, checked)], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      LANG: language === 'ja' ? 'ja_JP.UTF-8' : 'C.UTF-8',
      KURA_CIVITAI_URL: civitaiUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = Promise.all([text(shell.stdout), text(shell.stderr)]);
  const hung = setTimeout(() => endGroup(shell.pid), longestMs);
  const [code]: unknown[] = await once(shell, 'exit');
  clearTimeout(hung);
  // Before the output is awaited: what runs in the background holds it open.
  endGroup(shell.pid);
  const [stdout, stderr] = await printed;
  return code === 0 ? otherOutput(stdout, outputs, folder) : `${stdout}\n${stderr}`;
}

function checked({ line, text: command, exitCode }: GuideCommand): string {
  const complaint = `echo "line ${line}: exit code $code instead of ${exitCode}" >&2; exit 99`;
  return `${command}\ncode=$?; if [ $code -ne ${exitCode} ]; then ${complaint}; fi`;
}

/** A command that the page put into the background must not outlive it. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
