import path from 'node:path';

import { z } from 'zod';

import { runCommand } from '../commands/run-command.ts';
import type { Gate } from './gate.ts';

const reportSchema = z.object({
  processed: z.number(),
  problems: z.array(z.object({ type: z.string(), file: z.string(), symbol: z.string(), line: z.number().optional() })),
});

const meanings: Readonly<Record<string, string>> = {
  files: 'is used by nothing',
  exports: 'is exported but used by nothing',
  types: 'is exported but used by nothing',
  dependencies: 'is a dependency that nothing imports',
  devDependencies: 'is a development dependency that nothing imports',
  unlisted: 'is imported but not in package.json',
  unresolved: 'cannot be resolved',
  duplicates: 'is exported twice',
};

/**
 * Files, exports and packages that nothing uses (knip). Types are left out (knip.json): a door names the types of what it
 * exports whether or not anybody has written one down yet, and they are erased anyway.
 */
export const unusedGate: Gate = {
  name: 'unused',
  async check(root, signal) {
    const args = ['--no-progress', '--no-config-hints', '--reporter', './tools/gates/knip-reporter.mjs'];
    const { stdout, stderr } = await runCommand('knip', args, { cwd: root, ...(signal ? { signal } : {}) });
    const line = stdout.split('\n').find((text) => text.startsWith('{'));
    if (line === undefined) return { looked: 0, unit: 'files', problems: [`knip did not report: ${stderr}`] };
    const report = reportSchema.parse(JSON.parse(line));
    const problems = report.problems.map(({ type, file, symbol, line: at }) => {
      const place = path.relative(root, file);
      const subject = place === symbol ? '' : ` ${symbol}`;
      return `${place}${at === undefined ? '' : `:${at}`}${subject} ${meanings[type] ?? type}`;
    });
    return { looked: report.processed, unit: 'files', problems };
  },
};
