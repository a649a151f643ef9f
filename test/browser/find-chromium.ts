import { existsSync } from 'node:fs';
import path from 'node:path';

/** The first is Chromium without its windows: pages are the same, opening one costs half. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine. @throws Error when there is none */
export function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`none of ${names.join(', ')} is on the PATH`);
  return found;
}
