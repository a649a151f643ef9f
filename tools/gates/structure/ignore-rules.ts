import { spawnSync } from 'node:child_process';

import type { Verdict } from '../gate.ts';

const temptingNames = [
  'models',
  'lib',
  'data',
  'build',
  'dist',
  'env',
  'target',
  'logs',
  'tmp',
  'vendor',
  'coverage',
  'out',
];
const sourceTrees = /^(?:src|test|tools|docs|deploy|web\/src)(?=\/)/;

/** .gitignore can drop no source folder, whatever it is called (trap M-E3.18: `models/` once ignored a whole domain). */
export function checkIgnoredFolders(root: string, files: readonly string[]): Verdict {
  const folders = new Set<string>();
  for (const file of files) {
    if (!sourceTrees.test(file)) continue;
    const parts = file.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (sourceTrees.test(`${folder}/`)) folders.add(folder);
    }
  }
  const probes = [...folders].flatMap((folder) => temptingNames.map((name) => `${folder}/${name}/probe.ts`));
  const git = spawnSync('git', ['check-ignore', '--no-index', '--stdin'], { cwd: root, input: probes.join('\n') });
  const ignored = git.stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  const failed = git.status !== 0 && git.status !== 1 ? [`git check-ignore failed: ${git.stderr.toString()}`] : [];
  return {
    looked: probes.length,
    unit: 'paths',
    problems: [...failed, ...ignored.map((file) => `.gitignore would drop ${file}; anchor the pattern to the root.`)],
  };
}
