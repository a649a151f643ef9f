/** Messages are complete: both languages, same keys, same parameters, every error code said and advised, none unused. */
import fs from 'node:fs/promises';
import path from 'node:path';

import { readMessages } from '../../messages/read-messages.ts';
import { thrownCodes } from '../../messages/thrown-codes.ts';
import type { Verdict } from '../gate.ts';
import { isTest, isTypeScript } from '../tracked-files.ts';

export async function checkMessages(root: string, files: readonly string[]): Promise<Verdict> {
  const catalogues = await readMessages(root, files);
  const problems: string[] = [];
  for (const { file, en, ja } of catalogues) {
    for (const key of new Set([...Object.keys(en), ...Object.keys(ja)])) {
      const [english, japanese] = [en[key], ja[key]];
      if (english === undefined || japanese === undefined) {
        problems.push(`${file}: "${key}" has no ${english === undefined ? 'English' : 'Japanese'} text.`);
      } else if (placeholders(english) !== placeholders(japanese)) {
        problems.push(
          `${file}: "${key}" names {${placeholders(english)}} in English but {${placeholders(japanese)}} in Japanese.`,
        );
      }
    }
  }
  const keys = new Set(catalogues.flatMap(({ en }) => Object.keys(en)));
  const thrown = await thrownCodes(root, files);
  for (const [code, places] of Map.groupBy(thrown, (entry) => entry.code)) {
    const missing = [code, `${code}.advice`].filter((key) => !keys.has(key)).map((key) => `"${key}"`);
    if (missing.length > 0) problems.push(`${places[0]?.file}: no message for ${missing.join(' and ')}.`);
  }
  problems.push(...(await unusedKeys(root, files, keys)));
  return { looked: keys.size, unit: 'messages', problems };
}

function placeholders(text: string): string {
  const names = new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''));
  return [...names].toSorted((a, b) => a.localeCompare(b)).join(', ');
}

async function unusedKeys(
  root: string,
  files: readonly string[],
  keys: ReadonlySet<string>,
): Promise<readonly string[]> {
  const users = files.filter((file) => isTypeScript(file) && !isTest(file) && !/\/messages\/(en|ja)\.ts$/.test(file));
  const texts = await Promise.all(users.map((file) => fs.readFile(path.join(root, file), 'utf8')));
  const source = texts.join('\n');
  const literals = new Set([...source.matchAll(/['"`]([a-z][\w.-]*)['"`]/g)].map((match) => match[1] ?? ''));
  // `status.${state}` uses every key that begins so.
  const prefixes = [...new Set([...source.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)].map((match) => match[1] ?? ''))];
  return [...keys]
    .filter((key) => {
      const said = key.replace(/\.advice$/, '');
      return !literals.has(key) && !literals.has(said) && !prefixes.some((prefix) => key.startsWith(prefix));
    })
    .map((key) => `message "${key}" is used by nothing.`);
}
