import { runCommand } from '../commands/run-command.ts';
import { countIn, type Gate } from './gate.ts';

/** oxlint with the rules that need types (un-awaited promises) and our limits of .oxlintrc.json. */
export const lintGate: Gate = {
  name: 'lint',
  async check(root, signal) {
    const options = { cwd: root, ...(signal ? { signal } : {}) };
    const { code, stdout, stderr } = await runCommand('oxlint', ['--type-aware', '--deny-warnings', '.'], options);
    const output = `${stdout}${stderr}`.trim();
    const problems = code === 0 ? [] : [output];
    return { looked: countIn(output, /on (\d+) files? with \d+ rules?/), unit: 'files', problems };
  },
};
