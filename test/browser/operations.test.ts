import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { type Site, startSite } from './running-site.ts';

describe('the pages about the system', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('shows each probe with its state and what it measured', async () => {
    await using visitor = await site.enter('/operations/health');
    const probe = visitor.page.getByRole('listitem').filter({ hasText: 'database' });
    assert.match(await probe.innerText(), /Well[^]*sqlite, write \d+ ms/);
    visitor.assertQuiet();
  });

  it('lists what Kura does by itself, runs it now and switches it off', async () => {
    await using visitor = await site.enter('/operations/schedules');
    const { page } = visitor;
    const item = page.getByRole('listitem').filter({ hasText: 'models.prune-history' }).first();
    await item.getByRole('button', { name: 'Run now' }).click();
    await item.getByText('Queued.').waitFor();
    await item.getByRole('button', { name: 'Runs' }).click();
    await item.getByText('by hand').waitFor();
    await item.getByRole('button', { name: 'Switch off' }).click();
    await item.getByRole('button', { name: 'Switch on' }).waitFor();
    const { stdout } = await site.kura('schedules', 'list', '--json');
    const { items } = JSON.parse(stdout) as { items: { id: string; enabled: boolean }[] };
    assert.deepEqual(
      items.filter(({ enabled }) => !enabled).map(({ id }) => id),
      ['models.prune-history'],
    );
    visitor.assertQuiet();
  });

  it('changes a setting while the server runs, and says why a value cannot be taken', async () => {
    await using visitor = await site.enter('/operations/settings');
    const { page } = visitor;
    await page.getByLabel('Filter').fill('log.level');
    await page.getByRole('button', { name: 'Change log.level' }).click();
    await page.getByRole('textbox', { name: 'log.level' }).fill('loud');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Error id/);

    await page.getByRole('textbox', { name: 'log.level' }).fill('debug');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('set here', { exact: true }).waitFor();
    const { stdout } = await site.kura('config', 'explain', 'log.level', '--json');
    assert.match(stdout, /"debug"/);
    await page.getByRole('button', { name: 'Take back log.level' }).click();
    await page.getByRole('alert').getByRole('button', { name: 'Take back' }).click();
    await page.getByText('set here', { exact: true }).waitFor({ state: 'detached' });
    visitor.assertQuiet(['400', '422']);
  });

  it('speaks the language that was chosen, and remembers it', async () => {
    await using visitor = await site.enter('/operations/settings');
    const { page } = visitor;
    await page.getByText('日本語', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '設定' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'ja');
    await page.getByText('待ち受ける TCP ポート').waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '設定' }).waitFor();
    visitor.assertQuiet();
  });

  it('turns dark when asked to, and stays so', async () => {
    await using visitor = await site.enter('/operations/health', { colorScheme: 'light' });
    const { page } = visitor;
    await page.getByRole('button', { name: 'Colour scheme' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    visitor.assertQuiet();
  });

  it('can be reached with the keyboard alone', async () => {
    await using visitor = await site.enter('/');
    const { page } = visitor;
    await visitor.open('/');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').innerText(), 'Skip to content');
    await page.getByRole('link', { name: 'Health', exact: true }).last().focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: 'Health' });
    await heading.waitFor();
    assert.equal(await page.locator(':focus').innerText(), 'Health');
    visitor.assertQuiet();
  });

  it('says that there is no such page', async () => {
    await using visitor = await site.enter('/operations/nowhere');
    await visitor.page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    visitor.assertQuiet();
  });
});
