/** The guides are true: their commands run as written, in both languages, and their links lead somewhere. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

import { trackedFiles } from '../../tools/gates/tracked-files.ts';
import { commandsOf, guideNames, guides, root, runHalfOfTheGuides } from './documents/guides.ts';

describe('the guides', () => {
  it('have the same pages in both languages', async () => {
    assert.ok(guideNames.length >= 9, `only ${guideNames.length} pages`);
    assert.deepEqual(
      (await readdir(join(root, 'docs/ja'))).filter((name) => name.endsWith('.md')).toSorted(),
      guideNames,
    );
  });

  for (const { en, ja } of guides) {
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

runHalfOfTheGuides(0);

describe('links between documents', () => {
  it('lead to files that exist', async () => {
    const pages = (await trackedFiles(root)).filter((file) => file.endsWith('.md'));
    const links = (await Promise.all(pages.map((page) => linksOf(page)))).flat();
    assert.ok(links.length > 50, `only ${links.length} links found`);
    const broken = links.filter(({ page, target }) => !existsSync(join(root, dirname(page), target)));
    assert.deepEqual(broken, []);
  });
});

/** Links and pictures to other files of the repository, without what follows a `#`. */
async function linksOf(page: string): Promise<{ readonly page: string; readonly target: string }[]> {
  const markdown = await readFile(join(root, page), 'utf8');
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]?.split('#')[0] ?? '');
  return targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target)).map((target) => ({ page, target }));
}
