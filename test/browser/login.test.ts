import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { type Site, startSite } from './running-site.ts';

describe('logging in', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('opens with a one-time link, and leaves the code neither in the address nor in the history', async () => {
    await using visitor = await site.visit();
    const { page } = visitor;
    await page.goto(await site.loginLink());
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    assert.equal(page.url(), `${site.url}/`);
    await page.goBack().catch(() => null);
    assert.doesNotMatch(page.url(), /code=/);
    visitor.assertQuiet();
  });

  it('says that a link was used already, and takes a new one by hand', async () => {
    await using first = await site.visit();
    await using second = await site.visit();
    const link = await site.loginLink();
    await first.page.goto(link);
    await first.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

    const { page } = second;
    await page.goto(link);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /already used[^]*kura login-link[^]*Error id/);
    await page.getByLabel('Link or code').fill(await site.loginLink());
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    second.assertQuiet(['401']);
  });

  it('leads to the page that was asked for, never to another site', async () => {
    await using visitor = await site.visit();
    const { page } = visitor;
    await page.goto(`${site.url}/operations/settings`);
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel('Link or code').fill(await site.loginLink());
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();

    const code = new URL(await site.loginLink()).hash;
    await page.goto(`${site.url}/login?next=//example.org/${code}`);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    assert.equal(new URL(page.url()).origin, site.url);
    visitor.assertQuiet();
  });

  it('ends with log out: the pages ask for a link again', async () => {
    await using visitor = await site.enter('/operations/health');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
    await page.goto(`${site.url}/operations/health`);
    await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
    visitor.assertQuiet();
  });

  it('shows the login page when the session ended meanwhile', async () => {
    await using visitor = await site.enter('/operations/settings');
    const { page } = visitor;
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Knowledge base' }).click();
    await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
    visitor.assertQuiet(['401']);
  });
});
