/** A lock file that names its owner, so that one whose owner died can be told from one in use. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';

import { mtimeOf, readText, say } from './files.mjs';
import { text } from './texts.mjs';

/** Waits until the lock is ours; returns what `releaseLock` wants back. */
export async function takeLock(lockFile) {
  const mine = JSON.stringify({ pid: process.pid, host: os.hostname(), id: randomUUID() });
  let told = false;
  for (;;) {
    try {
      fs.writeFileSync(lockFile, mine, { flag: 'wx' });
      return mine;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const seen = readText(lockFile);
    if (seen === undefined) continue;
    const owner = ownerOf(lockFile, seen);
    if (!isAlive(lockFile, owner)) {
      dropStaleLock(lockFile, seen);
      continue;
    }
    if (!told) say(`${text.waiting(owner.pid)} …\n`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function ownerOf(lockFile, content) {
  try {
    return JSON.parse(content);
  } catch {
    // Another process has created the file and is just about to write its name; old remains are nobody's.
    return Date.now() - (mtimeOf(lockFile) ?? 0) < 5_000 ? { pid: '?', host: '' } : { pid: 0, host: os.hostname() };
  }
}

function isAlive(lockFile, { pid, host }) {
  // A process of another machine on a shared disk cannot be asked; npm takes minutes, so an hour is nobody's.
  if (host !== os.hostname()) return Date.now() - (mtimeOf(lockFile) ?? 0) < 3_600_000;
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the dead owner's lock away; when a quicker process already took it anew, that one is put back. */
function dropStaleLock(lockFile, seen) {
  const aside = `${lockFile}.${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
    if (readText(aside) !== seen) fs.linkSync(aside, lockFile);
    fs.unlinkSync(aside);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
}

export function releaseLock(lockFile, mine) {
  if (readText(lockFile) === mine) fs.rmSync(lockFile, { force: true });
}
