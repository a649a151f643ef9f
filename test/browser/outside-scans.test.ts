/** What others say of files, on the pages: CivitAI's own scans before a download, the virus scanner after it. */
import { after, before, describe, it } from 'node:test';

import { type Site, startSite } from './running-site.ts';

describe('the pages about scans of others', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('show that the site has not scanned a file, and fetch it only for who takes the risk', async () => {
    const { modelId, name } = site.simulator.catalogue.known.noHashes;
    await using visitor = await site.enter(`/models/catalogue/${modelId}`);
    const { page } = visitor;
    const file = page.getByRole('listitem').filter({ hasText: name });
    await file.getByText('CivitAI: not scanned yet').waitFor();
    const download = page.getByRole('button', { name: `Download: ${name}` });
    await download.click();
    const question = page.getByRole('alert').filter({ hasText: `CivitAI has not cleared “${name}”` });
    const go = question.getByRole('button', { name: 'Download' });
    await question.getByRole('button', { name: 'No' }).click();
    await question.waitFor({ state: 'detached' });
    await download.click();
    await go.and(page.locator(':disabled')).waitFor();
    await question.getByLabel('I take the risk').check();
    await go.click();
    await page.getByText(/is on its way/).waitFor();
    await visitor.open('/models/downloads');
    await page.getByRole('listitem').filter({ hasText: name }).getByText('Placed').waitFor();
    await visitor.open('/models/library');
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText('Not scanned for viruses').waitFor();
    visitor.assertQuiet();
  });
});
