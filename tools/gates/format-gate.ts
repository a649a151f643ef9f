import { runCommand } from '../commands/run-command.ts';
import { countIn, type Gate } from './gate.ts';

export const formatGate: Gate = {
  name: 'format',
  async check(root, signal) {
    const options = { cwd: root, ...(signal ? { signal } : {}) };
    const { code, stdout, stderr } = await runCommand('biome', ['check', '--colors=off', '.'], options);
    const output = `${stdout}${stderr}`.trim();
    const advice = 'Run `biome check --write` on these files.';
    return {
      looked: countIn(output, /Checked (\d+) files?/),
      unit: 'files',
      problems: code === 0 ? [] : [output, advice],
    };
  },
};
