#!/usr/bin/env node
/**
 * The first step of every `npm run …`: installs the packages when they are missing or do not match the lock file, then
 * hands over to `tools/NAME.ts` under the pinned Node. Plain JavaScript without dependencies, because it runs on
 * whatever Node (≥ 20) is there before anything is installed.
 *
 * The stamp inside node_modules is removed before and written after an install, so an interrupted one is repeated;
 * a lock file keeps two from installing at once.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { forwardSignals } from './bootstrap/child.mjs';
import { fail } from './bootstrap/files.mjs';
import { installOnce, isInstalled } from './bootstrap/install.mjs';
import { pathWithBin, pinnedNode, root, runs } from './bootstrap/places.mjs';
import { OLDEST_NODE, text } from './bootstrap/texts.mjs';

await main();

async function main() {
  if (majorOf(process.versions.node) < OLDEST_NODE) fail(text.oldNode(process.versions.node), text.oldNodeAdvice);
  const [tool, ...args] = process.argv.slice(2);
  if (tool === undefined || !/^[a-z][a-z0-9-]*$/.test(tool)) fail(text.usage);
  const script = path.join(root, 'tools', `${tool}.ts`);
  if (!fs.existsSync(script)) fail(text.noTool(tool));
  if (!isInstalled()) await installOnce();
  handOver(runtime(), ['--disable-warning=ExperimentalWarning', script, ...args]);
}

function runtime() {
  if (runs(pinnedNode)) return pinnedNode;
  if (majorOf(process.versions.node) >= 24) return process.execPath;
  return fail(text.noPinnedNode, text.noPinnedNodeAdvice);
}

/** Becomes the tool where Node can (execve, Node ≥ 22.15), else runs it as a child and passes signals and exit code on. */
function handOver(command, args) {
  const env = { ...process.env, PATH: pathWithBin() };
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(fs.realpathSync(command), [command, ...args], env);
  }
  const child = spawn(command, args, { stdio: 'inherit', env });
  const stopForwarding = forwardSignals(child);
  child.once('error', (error) => fail(error.message));
  child.once('exit', (code, signal) => {
    stopForwarding();
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}
