/** Makes an empty folder for the demo; only one that a demo made before is ever emptied. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const marker = '.made-by-the-demo';

/** @throws Error when the folder holds anything that is not a former demo's. */
export async function emptyDemoHome(home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const names = await readdir(home);
  if (names.length > 0 && !names.includes(marker)) {
    throw new Error(`${home} is not empty and was not made by the demo; choose another folder with --home.`);
  }
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, marker), '');
}
