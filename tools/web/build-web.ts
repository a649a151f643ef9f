import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

import { runCommand } from '../commands/run-command.ts';
import { trackedFiles } from '../gates/tracked-files.ts';

/** What happened: `absent` when there is no web/ to build, `fresh` when the last build is of the same sources. */
export type BuildResult = 'absent' | 'fresh' | 'built';

/** Everything the bundle is made of: its own sources and what it reaches through contracts. */
const inputs =
  /^(?:web\/|src\/kernel\/|src\/platform\/(?:[^/]+\/)?contract\/|src\/domains\/[^/]+\/contract\/|package(?:-lock)?\.json$)/;

/** Builds the web UI into web/dist unless a build of the same content is there. @throws with Vite's words when it fails. */
export async function buildWeb(root: string, signal?: AbortSignal): Promise<BuildResult> {
  if (!existsSync(path.join(root, 'web/vite.config.ts'))) return 'absent';
  const dist = path.join(root, 'web/dist');
  const stamp = path.join(dist, '.inputs');
  const digest = await digestOfInputs(root, signal);
  if ((await fs.readFile(stamp, 'utf8').catch(() => undefined)) === digest) return 'fresh';
  await fs.rm(stamp, { force: true });
  const options = { cwd: root, ...(signal ? { signal } : {}) };
  const { code, stdout, stderr } = await runCommand('vite', ['build', 'web', '--logLevel', 'warn'], options);
  if (code !== 0) throw new Error(`The web UI does not build:\n${stdout}${stderr}`);
  await fs.writeFile(stamp, digest);
  return 'built';
}

async function digestOfInputs(root: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await trackedFiles(root, signal)) {
    if (!inputs.test(file)) continue;
    hash
      .update(`${file}\0`)
      .update(await fs.readFile(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
