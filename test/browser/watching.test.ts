import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { type Site, startSite } from './running-site.ts';

describe('the pages that look again and again', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('keep a search under a name, watch it, and say what the first look was', async () => {
    await using visitor = await site.enter('/models/search?query=lantern');
    const { page } = visitor;
    await page.getByRole('article').filter({ hasText: 'Lantern Festival' }).waitFor();
    await page.getByLabel('Name of this search').fill('lanterns');
    await page.getByRole('button', { name: 'Save this search' }).click();
    await page.getByText('“lanterns” is saved.').waitFor();
    await visitor.open('/models/watches');
    await page.getByRole('button', { name: 'Watch daily: lanterns' }).click();
    const watch = page.getByRole('listitem').filter({ hasText: 'every 24 h' });
    await watch.waitFor();
    await watch.getByRole('button', { name: 'Look now' }).click();
    await watch.getByText('knows now what there is').waitFor({ timeout: 20_000 });
    await watch.getByRole('button', { name: 'Show what it found' }).click();
    await watch.getByText('Nothing new has been found yet').waitFor();
    visitor.assertQuiet();
  });

  it('collect a search to its end and show what each filter left', async () => {
    await using visitor = await site.enter('/models/search?base=["Illustrious"]');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Collect all of it' }).click();
    await page.getByText(/Is being collected/).waitFor();
    await visitor.open('/models/collections');
    const collection = page.getByRole('listitem').filter({ hasText: 'base: Illustrious' });
    await collection.getByText('complete').waitFor({ timeout: 20_000 });
    assert.match(await collection.innerText(), /for the base model/);
    visitor.assertQuiet();
  });

  it('plan a sweep, run it to the end and list its cells', async () => {
    await using visitor = await site.enter('/models/collections');
    const { page } = visitor;
    await page.getByText('Plan a sweep').click();
    await page.getByLabel('Name of the sweep').fill('two bases');
    const bases = page.getByRole('combobox', { name: 'Base model' });
    for (const base of ['Pony', 'Illustrious']) {
      await bases.fill(base);
      await bases.press('Enter');
    }
    await page.getByRole('button', { name: 'Plan 2 cells' }).click();
    const sweep = page.getByRole('listitem').filter({ hasText: 'two bases' });
    await sweep.getByRole('button', { name: 'Start' }).click();
    await sweep.getByText('2 of 2 cells').waitFor({ timeout: 30_000 });
    await sweep.getByRole('button', { name: 'Show the cells' }).click();
    await sweep.getByRole('row').filter({ hasText: 'Pony' }).waitFor();
    visitor.assertQuiet();
  });

  it('offer the newer version of what the library holds', async () => {
    const { slashName } = site.simulator.catalogue.known;
    await site.kura('models', 'get', `@${slashName.versionId + 2}`, '--json');
    await using visitor = await site.enter('/models/updates');
    const { page } = visitor;
    await page.getByText('newer version', { exact: true }).waitFor();
    await page
      .getByRole('button', { name: /^Download:/ })
      .first()
      .click();
    await page.getByText(/is on its way/).waitFor();
    visitor.assertQuiet();
  });

  it('say what is known of the site, and take a person’s word on a feature', async () => {
    await using visitor = await site.enter('/models/civitai');
    const { page } = visitor;
    await page.getByRole('table', { name: 'What answers look like' }).waitFor();
    const choice = page.getByRole('combobox', { name: /^Use it:/ }).first();
    await choice.selectOption('off');
    await page.getByText('switched off by hand').first().waitFor();
    visitor.assertQuiet();
  });
});
