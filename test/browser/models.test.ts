import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { KIB } from '#kernel/units';

import { filesBelow } from '../system/harness/folder-tree.ts';
import { type Site, startSite } from './running-site.ts';

describe('the pages about models', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('search by words and filters, with an account of what each filter left', async () => {
    await using visitor = await site.enter('/models/search');
    const { page } = visitor;
    await page.getByRole('combobox', { name: 'Type' }).fill('LORA');
    await page.getByRole('combobox', { name: 'Type' }).press('Enter');
    await page.waitForURL(/type=/);
    await page.getByText(/of the type/).waitFor();
    await page.getByLabel('Words').fill('lantern');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const card = page.getByRole('article').filter({ hasText: 'Lantern Festival' });
    await card.waitFor();
    assert.match(await card.innerText(), /LORA[^]*685\.5 KiB[^]*Licence/);
    visitor.assertQuiet();
  });

  it('say when no model passes, and by which filter', async () => {
    await using visitor = await site.enter('/models/search?query=lantern&license=["sell"]&type=["Upscaler"]');
    await visitor.page.getByText('No model passes all filters').waitFor();
    await visitor.page.getByText(/0 of the type/).waitFor();
    visitor.assertQuiet();
  });

  it('say what the site said when it fails', async () => {
    await using visitor = await site.visit();
    const { page } = visitor;
    await page.goto(await site.loginLink());
    await page.waitForURL(`${site.url}/`);
    site.simulator.faults.set({ route: 'models', status: 404 });
    await page.goto(`${site.url}/models/search?query=anything`);
    assert.match(await page.getByRole('alert').innerText(), /Error id/);
    site.simulator.faults.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No model passes all filters').waitFor();
    visitor.assertQuiet(['Failed to load resource']);
  });

  it('download a model: progress moves, the file is placed, search and library know it', async () => {
    const { lora } = site.simulator.catalogue.known;
    await using visitor = await site.enter('/models/search?query=lantern');
    const { page } = visitor;
    site.simulator.faults.set({ bytesPerSecond: 300 * KIB });
    await page.getByRole('button', { name: /^Download: Lantern Festival/ }).click();
    await page.getByText(/is on its way/).waitFor();
    await page.getByRole('link', { name: 'Downloads' }).click();
    const item = page.getByRole('listitem').filter({ hasText: lora.name });
    await item.getByRole('progressbar').waitFor();
    await item.getByText(/\/s/).waitFor();
    site.simulator.faults.clear();
    await item.getByText('Placed').waitFor({ timeout: 30_000 });
    await item.getByText('Clean').waitFor();

    await visitor.open('/models/search?query=lantern');
    await page.getByRole('article').filter({ hasText: 'In the library' }).waitFor();
    await visitor.open('/models/library');
    await page.getByRole('row').filter({ hasText: lora.name }).getByText('Present').waitFor();
    visitor.assertQuiet();
  });

  it('show what others made with a model, with prompts, and load no picture from elsewhere', async () => {
    const { lora } = site.simulator.catalogue.known;
    await using visitor = await site.enter(`/models/catalogue/${lora.modelId}`);
    const { page } = visitor;
    const gallery = page.getByRole('region', { name: 'Pictures made with it' });
    await gallery.getByRole('button', { name: 'Ask the site' }).click();
    await gallery
      .getByText(/Euler a, 28 steps, CFG 6\.5/)
      .first()
      .waitFor();
    assert.match(await gallery.getByRole('link').first().getAttribute('href').then(String), /\/images\/\d+$/);
    assert.equal(await page.getByRole('img').count(), 0);
    const raw = await page.getByRole('link', { name: 'As kept (JSON)' }).getAttribute('href');
    const answer = await page.request.get(`${site.url}${raw}`);
    assert.equal((await answer.json()).answers[0].body.id, lora.modelId);
    visitor.assertQuiet();
  });

  it('keep a dangerous file in quarantine and say why', async () => {
    const { maliciousPickle } = site.simulator.catalogue.known;
    await site.home.run(['models', 'get', `@${maliciousPickle.versionId}`, '--json']);
    await using visitor = await site.enter('/models/quarantine');
    const { page } = visitor;
    const item = page.getByRole('listitem').filter({ hasText: maliciousPickle.name }).first();
    assert.match(await item.innerText(), /Dangerous/);
    await item.getByRole('button', { name: /^Put into the library/ }).click();
    await item.getByText('can run programs on the machine').waitFor();
    await item.getByRole('button', { name: 'Leave it in quarantine' }).click();
    await visitor.open('/models/downloads');
    await page.getByRole('listitem').filter({ hasText: maliciousPickle.name }).getByText('In quarantine').waitFor();
    visitor.assertQuiet();
  });

  it('find a damaged file and repair it', async () => {
    const { vae } = site.simulator.catalogue.known;
    await site.kura('models', 'get', `@${vae.versionId}`, '--json');
    const place = (await filesBelow(site.home.path)).find((path) => path.endsWith(vae.name));
    assert.ok(place !== undefined);
    const file = join(site.home.path, place);
    const bytes = await readFile(file);
    await writeFile(file, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 0xff));

    await using visitor = await site.enter('/models/library');
    const row = visitor.page.getByRole('row').filter({ hasText: vae.name });
    await row.getByRole('button', { name: /^Verify/ }).click();
    await row.getByText('Damaged').waitFor();
    await row.getByRole('button', { name: /^Repair/ }).click();
    await row.getByText('Present').waitFor();
    assert.deepEqual(await readFile(file), bytes);
    visitor.assertQuiet();
  });

  it('take in a file that is there already, move it where it belongs and back, and save a list', async () => {
    const { vae } = site.simulator.catalogue.known;
    await site.kura('models', 'get', `@${vae.versionId}`, '--json');
    const place = (await filesBelow(site.home.path)).find((path) => path.endsWith(vae.name));
    assert.ok(place !== undefined);
    const known = join(site.home.path, place);
    const own = join(dirname(dirname(known)), 'dropped here.safetensors');
    await copyFile(known, own);

    await using visitor = await site.enter('/models/library/order');
    const { page } = visitor;
    const adopt = page.getByRole('region', { name: 'Take in files' });
    await adopt.getByLabel('Folder or file').fill('/etc');
    await adopt.getByRole('button', { name: 'Try' }).click();
    await adopt.getByText('Nothing was read').waitFor();
    await adopt.getByLabel('Folder or file').fill(own);
    await adopt.getByRole('button', { name: 'Try' }).click();
    await adopt.getByText('nothing was changed').waitFor();
    await adopt.getByRole('button', { name: 'Take them in' }).click();
    await adopt.getByText('Done').waitFor();

    const organize = page.getByRole('region', { name: 'Put files' });
    await page.reload();
    await organize.getByText('1 would be moved').waitFor();
    await organize.getByRole('button', { name: 'Move them' }).click();
    await organize.getByRole('button', { name: 'Move them' }).click();
    await organize.getByText('0 would be moved').waitFor();
    await organize.getByRole('button', { name: 'Move back what' }).click();
    await organize.getByRole('button', { name: 'Move back what' }).click();
    await organize.getByText('1 would be moved').waitFor();
    assert.deepEqual(await readFile(own), await readFile(known));

    await page.getByLabel('Format').selectOption('sqlite');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the list' }).click();
    assert.equal((await saved).suggestedFilename(), 'kura-library.sqlite');
    visitor.assertQuiet(['Failed to load resource']);
  });
});
