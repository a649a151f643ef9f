import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { filesBelow } from '../system/harness/folder-tree.ts';
import { type Site, startSite } from './running-site.ts';

describe('the pages about the security scan', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('scan the library, and show live what turned dangerous', async () => {
    const { lora, embedding, maliciousPickle } = site.simulator.catalogue.known;
    const refs = [lora, embedding].map(({ versionId }) => `@${versionId}`);
    await site.kura('models', 'get', ...refs, '--json');
    const place = (await filesBelow(site.home.path)).find((path) => path.endsWith(embedding.name));
    assert.ok(place !== undefined);
    await writeFile(join(site.home.path, place), site.simulator.bytesOf(maliciousPickle.fileId));

    await using visitor = await site.enter('/models/scan');
    const { page } = visitor;
    await page.getByText('Nothing was found in the files of the library').waitFor();
    await page.getByRole('button', { name: 'Scan now' }).click();
    await page.getByText(/2 files, 1 judged otherwise than before, 1 put into quarantine/).waitFor({ timeout: 30_000 });
    visitor.assertQuiet();
  });

  it('release what policy blocks only with a reason, and show from then on who let it in', async () => {
    const { embedding } = site.simulator.catalogue.known;
    await using visitor = await site.enter('/models/quarantine');
    const { page } = visitor;
    const meaning = page.getByRole('link', { name: 'What does this mean? pickle-import-process' }).first();
    await meaning.click();
    await page.getByRole('heading', { name: 'pickle-import-process' }).waitFor();
    await page.getByText('Loading this file would reach functions that start programs').waitFor();
    await page.goBack();
    const item = page.getByRole('listitem').filter({ hasText: embedding.name }).first();
    assert.match(await item.innerText(), /Dangerous[^]*pickle-import-process/);
    await item.getByRole('button', { name: /^Put into the library/ }).click();
    const accept = item.getByRole('button', { name: 'I accept the risk' });
    assert.ok(await accept.isDisabled());
    await item.getByLabel('Why is it harmless?').fill('too short');
    assert.ok(await accept.isDisabled());
    await item.getByLabel('Why is it harmless?').fill('written by ourselves for a test');
    await accept.click();
    await page.getByText('Nothing is in quarantine').waitFor();

    await visitor.open('/models/scan');
    const file = page.getByRole('listitem').filter({ hasText: embedding.name });
    await file.getByText('written by ourselves for a test').waitFor();
    await page.getByRole('combobox', { name: 'Verdict' }).selectOption('Suspicious');
    await page.getByText('No file has such a finding').waitFor();
    await page.getByRole('combobox', { name: 'Verdict' }).selectOption('Dangerous');
    await page.getByRole('textbox', { name: 'Rule' }).fill('pickle-import-process');
    await file.getByText('Let in by admin').waitFor();
    await visitor.open('/models/library');
    await page.getByRole('row').filter({ hasText: embedding.name }).getByText('Let in by admin').waitFor();
    visitor.assertQuiet();
  });

  it('say to those without the permission why they cannot release a file', async () => {
    const { maliciousPickle } = site.simulator.catalogue.known;
    await site.home.run(['models', 'get', `@${maliciousPickle.versionId}`, '--json']);
    await using visitor = await site.enter('/');
    const { page } = visitor;
    await page.route('**/api/v1/session', async (route) => {
      const response = await route.fetch();
      const session = await response.json();
      const permissions = session.caller.permissions.filter((one: string) => one !== 'models:override');
      await route.fulfill({ response, json: { ...session, caller: { ...session.caller, permissions } } });
    });
    await visitor.open('/models/quarantine');
    const item = page.getByRole('listitem').filter({ hasText: maliciousPickle.name }).first();
    await item.getByText(/takes the permission models:override and a reason/).waitFor();
    assert.equal(await item.getByRole('button', { name: /^Put into the library/ }).count(), 0);
    visitor.assertQuiet();
  });
});
