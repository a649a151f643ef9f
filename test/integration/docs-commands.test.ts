/** The guides are true: their commands run as written, in both languages, and their links lead somewhere. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { trackedFiles } from '../../tools/gates/tracked-files.ts';
import { executableCommands } from './documents/executable-commands.ts';
import { runGuide } from './documents/run-guide.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Pages that describe formats or rules, or list other pages, and have nothing to type. */
const withoutCommands = new Set(['vault-format.md', 'scan-rules.md', 'README.md']);

const names = (await readdir(join(root, 'docs/en'))).filter((name) => name.endsWith('.md')).toSorted();
const pairs = [
  { en: 'README.md', ja: 'README.ja.md' },
  ...names
    .filter((name) => !withoutCommands.has(name))
    .map((name) => ({ en: `docs/en/${name}`, ja: `docs/ja/${name}` })),
];

describe('the guides', () => {
  it('have the same pages in both languages', async () => {
    assert.ok(names.length >= 9, `only ${names.length} pages`);
    assert.deepEqual((await readdir(join(root, 'docs/ja'))).filter((name) => name.endsWith('.md')).toSorted(), names);
  });

  for (const { en, ja } of pairs) {
    it(`${en} and ${ja} have the same commands, and at least one`, async () => {
      const [english, japanese] = [await commandsOf(en), await commandsOf(ja)];
      assert.ok(english.length > 0, `${en} has nothing that runs`);
      assert.deepEqual(
        japanese.map(({ text, exitCode }) => ({ text, exitCode })),
        english.map(({ text, exitCode }) => ({ text, exitCode })),
      );
    });
  }
});

describe('the commands of', { concurrency: 2 }, () => {
  let simulator: CivitaiSimulator;
  before(async () => {
    simulator = await startCivitaiSimulator();
  });
  after(() => simulator[Symbol.asyncDispose]());

  // Both languages have the same commands, so each runs once, the languages by turns.
  for (const [index, pair] of pairs.entries()) {
    const language = index % 2 === 0 ? 'en' : 'ja';
    const page = pair[language];
    it(`${page} run as written`, async () => {
      const commands = await commandsOf(page);
      const surprise = await runGuide({ root, commands, civitaiUrl: simulator.url, language });
      assert.equal(surprise, undefined, `${page}: ${surprise?.slice(-4000)}`);
    });
  }
});

describe('links between documents', () => {
  it('lead to files that exist', async () => {
    const pages = (await trackedFiles(root)).filter((file) => file.endsWith('.md'));
    const links = (await Promise.all(pages.map((page) => linksOf(page)))).flat();
    assert.ok(links.length > 50, `only ${links.length} links found`);
    const broken = links.filter(({ page, target }) => !existsSync(join(root, dirname(page), target)));
    assert.deepEqual(broken, []);
  });
});

async function commandsOf(page: string) {
  return executableCommands(await readFile(join(root, page), 'utf8'));
}

/** Links and pictures to other files of the repository, without what follows a `#`. */
async function linksOf(page: string): Promise<{ readonly page: string; readonly target: string }[]> {
  const markdown = await readFile(join(root, page), 'utf8');
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]?.split('#')[0] ?? '');
  return targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target)).map((target) => ({ page, target }));
}
