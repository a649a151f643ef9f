/** A folder under git, by Debian's git: no prompts, no hooks of the repository, and nothing of our environment but what ssh needs. */
import { KuraError } from '#kernel/errors';
import { MIB, MINUTE } from '#kernel/units';
import type { GitFolder } from '#knowledge/ports';
import { findProgram, plainEnvironment, runProgram } from '#platform/processes';

const wallMs = 5 * MINUTE;
const outputBytes = 4 * MIB;
/** Hooks and programs named in a repository are not ours to run; commits say who made them. */
const options = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['protocol.ext.allow', 'never'],
  ['user.name', 'Kura'],
  ['user.email', 'kura@localhost'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

interface Said {
  readonly ok: boolean;
  readonly out: string;
  readonly complaint: string;
}

export function createGitFolder(environment: Readonly<Record<string, string | undefined>>): GitFolder {
  async function ask(folder: string, args: readonly string[], signal: AbortSignal): Promise<Said> {
    const program = await findProgram('git');
    if (program === undefined) throw new KuraError('unavailable', 'git.not-installed');
    const ended = await runProgram(
      {
        program,
        args: [...options, ...args],
        environment: { ...plainEnvironment(environment), GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true' },
        folder,
        wallMs,
        outputBytes,
      },
      signal,
    );
    const [out, complaint] = [ended.stdout, ended.stderr].map((bytes) => Buffer.from(bytes).toString('utf8').trim());
    return { ok: ended.exitCode === 0, out: out ?? '', complaint: complaint ?? '' };
  }

  async function run(folder: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    const { ok, out, complaint } = await ask(folder, args, signal);
    if (ok) return out;
    const [reason = ''] = (complaint || out).split('\n').slice(-1);
    throw new KuraError('unavailable', 'git.failed', { params: { step: args[0] ?? '', reason } });
  }

  async function hasUpstream(folder: string, signal: AbortSignal): Promise<boolean> {
    return (await ask(folder, ['rev-parse', '--verify', '--quiet', '@{upstream}'], signal)).ok;
  }

  return {
    async check(folder, signal) {
      const { ok, out } = await ask(folder, ['rev-parse', '--is-inside-work-tree'], signal);
      if (!ok || out !== 'true') throw new KuraError('invalid', 'git.no-repository', { params: { folder } });
    },

    async commit(folder, message, signal) {
      await run(folder, ['add', '--all', '--', '.'], signal);
      if ((await ask(folder, ['diff', '--cached', '--quiet'], signal)).ok) return false;
      await run(folder, ['commit', '--quiet', '--no-verify', '--no-gpg-sign', '-m', message, '--', '.'], signal);
      return true;
    },

    async pull(folder, signal) {
      if (!(await hasUpstream(folder, signal))) return;
      await run(folder, ['fetch', '--quiet'], signal);
      const merged = await ask(folder, ['merge', '--quiet', '--no-edit', '--no-verify', '@{upstream}'], signal);
      if (merged.ok) return;
      const files = await run(folder, ['diff', '--name-only', '--diff-filter=U'], signal);
      await ask(folder, ['merge', '--abort'], signal);
      const params = { folder, files: files.split('\n').join(', ') };
      if (files !== '') throw new KuraError('conflict', 'git.diverged', { params });
      throw new KuraError('unavailable', 'git.failed', { params: { step: 'merge', reason: merged.complaint } });
    },

    async push(folder, signal) {
      if (!(await hasUpstream(folder, signal))) return false;
      await run(folder, ['push', '--quiet', '--no-verify'], signal);
      return true;
    },
  };
}
