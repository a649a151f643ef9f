import { existsSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../commands/run-command.ts';
import type { Gate } from './gate.ts';

/** The strict compiler over the server, the tools and the tests, and over the web UI when it is there. */
export const typesGate: Gate = {
  name: 'types',
  async check(root, signal) {
    const projects = ['tsconfig.json', 'web/tsconfig.json'].filter((project) => existsSync(path.join(root, project)));
    const problems: string[] = [];
    let looked = 0;
    for (const project of projects) {
      const args = ['--project', project, '--noEmit', '--listFiles', '--pretty', 'false'];
      const { code, stdout, stderr } = await runCommand('tsc', args, { cwd: root, ...(signal ? { signal } : {}) });
      const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
      const read = lines.filter((line) => path.isAbsolute(line));
      looked += read.filter((file) => !file.includes('/node_modules/')).length;
      if (code !== 0) problems.push(...lines.filter((line) => !path.isAbsolute(line)));
    }
    return { looked, unit: 'files', problems };
  },
};
