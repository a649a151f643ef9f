import fs from 'node:fs/promises';
import path from 'node:path';

import { type Plugin, rolldown } from 'rolldown';

import { runCommand } from '../commands/run-command.ts';
import { joinCatalogues } from './join-catalogues.ts';

/** Where the joined program lies; `bin/kura` looks for it there. */
const folder = 'dist/program';
const stampName = '.built';

/**
 * Stay files of their own: they have native parts, start threads of their own, or look for files beside themselves.
 */
const apart = ['@imagemagick/magick-wasm', '@napi-rs/blake-hash', 'koffi', 'pg-native', 'pino', 'pino-pretty', 'ssh2'];

/** How a source names the file of a thread. */
const thread = /new URL\('\.\/([a-z-]+-worker)\.ts', import\.meta\.url\)/g;

/** What it is made of; `bin/kura` asks the same. */
const madeOf = ['src', 'package-lock.json', 'node_modules/.package-lock.json'];

/**
 * Joins the program's two thousand modules into a few files, so that a command starts in a fraction of the time. It only
 * repeats what the sources say: `bin/kura` runs it while no source is younger, and the sources otherwise (ADR 0028).
 */
export async function buildProgram(root: string): Promise<'fresh' | 'built'> {
  const target = path.join(root, folder);
  if (await isFresh(root, path.join(target, stampName))) return 'fresh';
  const beside = path.join(root, 'dist', `program.${process.pid}`);
  await fs.rm(beside, { recursive: true, force: true });
  // What is edited while this runs must count as younger.
  const begun = new Date();
  const catalogues = await joinCatalogues(root);
  await using bundle = await rolldown({
    input: [path.join(root, 'src/app/main.ts'), ...(await threads(root))],
    cwd: root,
    platform: 'node',
    external: apart,
    plugins: [catalogues.plugin, keepPlaces(root, target)],
    // Of a door only what is used is joined: our modules do nothing by being loaded, but for those named as inputs.
    treeshake: { moduleSideEffects: [{ test: /\/src\//, sideEffects: false }] },
  });
  await bundle.write({ dir: beside, format: 'esm', minify: false });
  await catalogues.writeTo(beside);
  const stamp = path.join(beside, stampName);
  await fs.writeFile(stamp, '');
  await fs.utimes(stamp, begun, begun);
  await putInPlace(beside, target);
  return 'built';
}

/** Two builds at once both come here: each moves away what lies there, and the last one stays. */
async function putInPlace(beside: string, target: string): Promise<void> {
  const old = `${beside}.old`;
  for (;;) {
    await fs.rename(target, old).catch(unless('ENOENT'));
    await fs.rm(old, { recursive: true, force: true });
    try {
      await fs.rename(beside, target);
      return;
    } catch (error) {
      unless('ENOTEMPTY', 'EEXIST')(error);
    }
  }
}

function unless(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error && 'code' in error && codes.includes(String(error.code)))) throw error;
  };
}

/** By the times of change, which unlike those of content nobody can bring along from another machine. */
async function isFresh(root: string, stamp: string): Promise<boolean> {
  const args = [...madeOf, '-cnewer', stamp, '-print', '-quit'];
  const { code, stdout } = await runCommand('find', args, { cwd: root }).catch(() => ({ code: 1, stdout: '' }));
  return code === 0 && stdout === '';
}

/** What runs in threads of its own, and so needs a file of its own. */
async function threads(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of fs.glob('src/**/*-worker.ts', { cwd: root, exclude: ['**/testing/**'] })) {
    files.push(path.join(root, file));
  }
  return files;
}

/** A module that looks for files beside itself goes on looking beside its source; a thread is joined as the program is. */
function keepPlaces(root: string, target: string): Plugin {
  const sources = path.join(root, 'src') + path.sep;
  return {
    name: 'keep-places',
    transform(code, id) {
      if (!id.startsWith(sources) || !code.includes('import.meta.url')) return undefined;
      const place = JSON.stringify(path.relative(target, id).split(path.sep).join('/'));
      const moved = code
        .replaceAll(thread, "new URL('./$1.js', $PLACE)")
        .replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
        .replaceAll('$PLACE', 'import.meta.url');
      return { code: moved, map: null };
    },
  };
}
