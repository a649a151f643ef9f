import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { KIB } from '#kernel/units';

import { type Site, startSite } from './running-site.ts';

describe('the pages about download jobs', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('plan a list, say what is wrong with it, start it, and show how it ends and why', async () => {
    const { lora, maliciousPickle, embedding } = site.simulator.catalogue.known;
    await using visitor = await site.enter('/models/downloads');
    const { page } = visitor;
    await page.getByRole('link', { name: 'New download job' }).click();
    await page.getByLabel('Name (optional)').fill('three files');
    const list = [lora, maliciousPickle, embedding].map(({ versionId }) => `@${versionId}`);
    await page.getByLabel('List').fill([...list, 'no reference at all'].join('\n'));
    await page.getByRole('button', { name: 'Show the plan' }).click();
    const plan = page.getByRole('region', { name: 'Plan' });
    await plan.getByText('Line 4:').waitFor();
    assert.match(await plan.innerText(), /Files\n3\n[^]*To fetch\n1\.1 MiB/);
    await plan.getByText('Show the files').click();
    await plan.getByRole('row').filter({ hasText: lora.name }).getByText('Will be fetched').waitFor();
    await plan.getByRole('button', { name: 'Start the download job' }).click();

    await page.getByRole('heading', { level: 1, name: 'three files' }).waitFor();
    await page.getByText('Ended, not everything is there').waitFor({ timeout: 30_000 });
    await page.getByText('2 of 3 files').waitFor();
    await page.getByRole('group', { name: 'Show files in this state' }).getByText('In quarantine').click();
    const row = page.getByRole('row').filter({ hasText: maliciousPickle.name });
    assert.match(await row.innerText(), /In quarantine[^]*Dangerous/);
    await page.getByRole('row').filter({ hasText: lora.name }).waitFor({ state: 'detached' });

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Report HTML' }).click();
    const report = await saved;
    assert.match(report.suggestedFilename(), /\.html$/);
    assert.match(await readFile(await report.path(), 'utf8'), /three files[^]*unsafePickle/);
    visitor.assertQuiet();
  });

  it('read a list from a file, move while it runs, pause and go on', async () => {
    const { checkpoint, vae, japaneseLora } = site.simulator.catalogue.known;
    const file = site.home.beside('list.txt');
    await writeFile(file, [checkpoint, vae, japaneseLora].map(({ versionId }) => `@${versionId}\n`).join(''));
    await using visitor = await site.enter('/models/downloads/new');
    const { page } = visitor;
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Read a file' }).click();
    await (await chosen).setFiles(file);
    await page.getByLabel('Name (optional)').fill('from a file');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    site.simulator.faults.set({ bytesPerSecond: 400 * KIB });
    await page.getByRole('button', { name: 'Start the download job' }).click();
    await page.getByText(/\/s/).waitFor();
    await page.getByRole('button', { name: 'Pause: from a file' }).click();
    const state = page.getByRole('region', { name: 'State of this download job' });
    await state.getByText('Paused', { exact: true }).waitFor();
    site.simulator.faults.clear();
    await state.getByRole('combobox', { name: 'Priority' }).selectOption('high');
    await page.getByRole('button', { name: 'Go on: from a file' }).click();
    await state.getByText('Complete', { exact: true }).waitFor({ timeout: 30_000 });
    await state.getByText('3 of 3 files').waitFor();
    assert.equal(await page.getByRole('button', { name: /^(?:Pause|Go on|Cancel)/ }).count(), 0);
    await visitor.open('/models/downloads');
    const job = page.getByRole('list', { name: 'Download jobs' }).getByRole('listitem');
    await job.filter({ hasText: 'from a file' }).getByText('Complete', { exact: true }).waitFor();
    visitor.assertQuiet();
  });

  it('take over what a search shows and what a collection found', async () => {
    await using visitor = await site.enter('/models/search?query=lantern');
    const { page } = visitor;
    await page.getByRole('link', { name: 'Download all of these' }).click();
    await page.getByText('query: lantern').waitFor();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('region', { name: 'Plan' }).getByText('There already').waitFor();

    await site.kura('models', 'collect', '--base', 'Illustrious', '--json');
    await visitor.open('/models/collections');
    const collection = page.getByRole('listitem').filter({ hasText: 'base: Illustrious' });
    await collection.getByRole('link', { name: 'Download all of these' }).click();
    const choice = page.getByRole('combobox', { name: 'Collection' });
    await page.getByRole('option', { name: /base: Illustrious/ }).waitFor({ state: 'attached' });
    assert.notEqual(await choice.inputValue(), '');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('region', { name: 'Plan' }).waitFor();
    visitor.assertQuiet();
  });
});
