import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
export const modulesFolder = path.join(root, 'node_modules');
const binFolder = path.join(modulesFolder, '.bin');
export const pinnedNode = path.join(binFolder, process.platform === 'win32' ? 'node.cmd' : 'node');

export function pathWithBin() {
  return [binFolder, process.env.PATH].filter(Boolean).join(path.delimiter);
}

export function runs(command) {
  return fs.existsSync(command) && spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}
