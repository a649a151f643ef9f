import fs from 'node:fs';

export function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function mtimeOf(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** Written synchronously, so that the stream is never left in a state the tool after us would inherit. */
export function say(message) {
  fs.writeSync(2, message);
}

export function fail(message, advice) {
  say(`${message}\n${advice === undefined ? '' : `${advice}\n`}`);
  process.exit(1);
}
