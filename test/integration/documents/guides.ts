/** The pages a reader types from, and running them: half of them per test file, because each takes a while. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { executableCommands } from './executable-commands.ts';
import { runGuide } from './run-guide.ts';
import { shownOutputs } from './shown-output.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Pages that describe formats, rules or files for other programs, or list other pages, and have nothing to type. */
const withoutCommands = new Set([
  'download-faults.md',
  'hardening.md',
  'vault-format.md',
  'scan-rules.md',
  'README.md',
]);

export const guideNames = (await readdir(join(root, 'docs/en'))).filter((name) => name.endsWith('.md')).toSorted();
export const guides = [
  { en: 'README.md', ja: 'README.ja.md' },
  ...guideNames
    .filter((name) => !withoutCommands.has(name))
    .map((name) => ({ en: `docs/en/${name}`, ja: `docs/ja/${name}` })),
];

export async function commandsOf(page: string) {
  return executableCommands(await readFile(join(root, page), 'utf8'));
}

/** Both languages have the same commands, so each page runs once, the languages by turns. */
export function runHalfOfTheGuides(half: 0 | 1): void {
  describe('the commands of', { concurrency: 2 }, () => {
    let simulator: CivitaiSimulator;
    before(async () => {
      simulator = await startCivitaiSimulator();
    });
    after(() => simulator[Symbol.asyncDispose]());

    for (const [index, guide] of guides.entries()) {
      if (Math.floor(index / 2) % 2 !== half) continue;
      const language = index % 2 === 0 ? 'en' : 'ja';
      const page = guide[language];
      it(`${page} run as written`, async () => {
        const commands = await commandsOf(page);
        const outputs = shownOutputs(await readFile(join(root, page), 'utf8'));
        const surprise = await runGuide({ root, commands, outputs, civitaiUrl: simulator.url, language });
        assert.equal(surprise, undefined, `${page}: ${surprise?.slice(-4000)}`);
      });
    }
  });
}
