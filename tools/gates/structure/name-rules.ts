/** Names say what a file holds; every module has a door, and an index.ts is nothing else. */

import type { Verdict } from '../gate.ts';
import { isTypeScript } from '../tracked-files.ts';

const banned = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'types',
  'manager',
  'lib',
  'shared',
  'stuff',
]);
const moduleFolder = /^src\/(?:engines|platform|domains|adapters)\/[^/]+/;
const doorPlace =
  /^(?:src\/(?:engines|platform|domains|adapters)\/[^/]+(?:\/contract|\/testing)?|test\/stand-ins\/[^/]+)\/index\.ts$/;

export function checkNames(files: readonly string[]): Verdict {
  const sources = files.filter((file) => isTypeScript(file));
  const problems: string[] = [];
  for (const file of sources) {
    const parts = file.split('/');
    const name = (parts.at(-1) ?? '').replace(/\..*$/, '');
    const folder = parts.slice(0, -1).find((part) => banned.has(part) && !file.startsWith('web/'));
    if (banned.has(name) || /-(?:utils?|helpers?|manager|misc)$/.test(name))
      problems.push(`${file}: "${name}" says nothing; name what it holds.`);
    if (folder !== undefined) problems.push(`${file}: a folder named "${folder}" says nothing.`);
    if (name === 'index' && !doorPlace.test(file) && !file.startsWith('web/'))
      problems.push(`${file}: index.ts is only for the door of a module.`);
  }
  const modules = new Set(sources.map((file) => moduleFolder.exec(file)?.[0]).filter((folder) => folder !== undefined));
  for (const folder of modules) {
    if (!files.includes(`${folder}/index.ts`)) problems.push(`${folder}: has no door (index.ts).`);
  }
  return { looked: sources.length, unit: 'files', problems };
}
