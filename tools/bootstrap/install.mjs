import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { forwardSignals } from './child.mjs';
import { fail, readText, say } from './files.mjs';
import { releaseLock, takeLock } from './install-lock.mjs';
import { modulesFolder, pathWithBin, pinnedNode, root, runs } from './places.mjs';
import { text } from './texts.mjs';

const cacheFolder = path.join(root, '.cache');
const stampFile = path.join(modulesFolder, '.kura-stamp');
const logFile = path.join(cacheFolder, 'install.log');
const lockFile = path.join(cacheFolder, 'install.lock');
const unfinishedMark = path.join(cacheFolder, 'install.unfinished');

function wantedStamp() {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex');
  return `${digest} ${process.platform}-${process.arch}\n`;
}

/** Is what is installed what the lock file asks for? */
export function isInstalled() {
  if (readText(stampFile) === wantedStamp() && !fs.existsSync(unfinishedMark)) return true;
  if (!matchesHiddenLock()) return false;
  writeStamp();
  return true;
}

/** Somebody ran `npm ci` or `npm install` by hand: npm writes its hidden lock last, so it is a proof as good as ours. */
function matchesHiddenLock() {
  const hidden = readText(path.join(modulesFolder, '.package-lock.json'));
  if (hidden === undefined || fs.existsSync(unfinishedMark)) return false;
  const there = packagesOf(hidden);
  const wanted = packagesOf(readText(path.join(root, 'package-lock.json')));
  const matches = Object.entries(wanted).every(([name, entry]) => {
    if (name === '') return true;
    return there[name] === undefined ? entry.optional === true : there[name].version === entry.version;
  });
  return matches && runs(pinnedNode);
}

function packagesOf(lock) {
  try {
    return JSON.parse(lock).packages ?? {};
  } catch {
    return {};
  }
}

function writeStamp() {
  const temporary = `${stampFile}.${process.pid}`;
  fs.writeFileSync(temporary, wantedStamp());
  fs.renameSync(temporary, stampFile);
}

/** Installs by `npm ci`, unless another process just did. */
export async function installOnce() {
  fs.mkdirSync(cacheFolder, { recursive: true });
  const lock = await takeLock(lockFile);
  function release() {
    releaseLock(lockFile, lock);
  }
  process.once('exit', release);
  try {
    if (!isInstalled()) await install();
  } finally {
    release();
    process.off('exit', release);
  }
}

async function install() {
  const started = Date.now();
  // npm may leave a half-filled folder with the hidden lock of the last good install in it; the mark says so.
  fs.writeFileSync(unfinishedMark, '');
  fs.rmSync(stampFile, { force: true });
  const log = fs.openSync(logFile, 'w');
  const stopProgress = showProgress(text.installing, started);
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false'], log);
  stopProgress();
  fs.closeSync(log);
  if (code !== 0) {
    const beginning = (readText(logFile) ?? '').trimEnd().split('\n').slice(0, 15).join('\n');
    fail(`${text.failed}\n${beginning}`, text.failedAdvice(path.relative(process.cwd(), logFile)));
  }
  writeStamp();
  fs.rmSync(unfinishedMark);
  say(`${text.installed(Math.round((Date.now() - started) / 1000))}\n`);
}

function runNpm(args, log) {
  const npmScript = process.env.npm_execpath;
  const viaNode = npmScript !== undefined && /\.c?js$/.test(npmScript);
  const command = viaNode ? process.execPath : 'npm';
  // Install scripts of packages look for their tools in node_modules/.bin first.
  const env = { ...process.env, PATH: pathWithBin() };
  const child = spawn(command, viaNode ? [npmScript, ...args] : args, {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
    shell: !viaNode && process.platform === 'win32',
  });
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      fs.writeSync(log, `${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code, signal) => {
      stopForwarding();
      if (signal === null) resolve(code);
      else process.kill(process.pid, signal);
    });
  });
}

function showProgress(label, started) {
  if (!process.stderr.isTTY) {
    say(`${label} …\n`);
    return () => undefined;
  }
  function draw() {
    say(`\r${label} … ${Math.round((Date.now() - started) / 1000)} s `);
  }
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    say('\r\x1b[K');
  };
}
