import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../system/harness/until.ts';
import { auditPage } from './page-audit.ts';
import { type Site, startSite } from './running-site.ts';

const firstPassword = 'purple otters juggle 9 lamps';
const secondPassword = 'nine calm herons wait';

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
    await page.getByRole('button', { name: 'Use the link' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    second.assertQuiet(['401']);
  });

  it('leads to the page that was asked for, never to another site', async () => {
    await using visitor = await site.visit();
    const { page } = visitor;
    await page.goto(`${site.url}/operations/settings`);
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel('Link or code').fill(await site.loginLink());
    await page.getByRole('button', { name: 'Use the link' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();

    const code = new URL(await site.loginLink()).hash;
    await page.goto(`${site.url}/login?next=//example.org/${code}`);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    assert.equal(new URL(page.url()).origin, site.url);
    visitor.assertQuiet();
  });

  it('ends with log out: the pages ask for a link again, and nothing somebody wrote stays in the tab', async () => {
    await using visitor = await site.enter('/knowledge/new');
    const { page } = visitor;
    await page.getByLabel('Title').fill('Kept in the tab');
    await until('a kept draft', async () => ((await page.evaluate('sessionStorage.length')) === 0 ? undefined : true));
    // Not kept yet: that waits for a pause in the writing.
    await page.getByLabel('Text').fill('Written a moment ago');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
    assert.equal(await page.evaluate('JSON.stringify(sessionStorage)'), '{}');
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

describe('accounts', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  it('begin with the owner’s link; then a user name and a password are enough, and can be changed', async () => {
    await using owner = await site.enter('/account');
    const { page } = owner;
    await page.getByRole('heading', { name: 'Create the first administrator' }).waitFor();
    await page.getByLabel('User name').fill('mika');
    await page.getByLabel('New password').fill('password1234');
    await page.getByRole('button', { name: 'Create account' }).click();
    assert.match(await page.getByRole('alert').innerText(), /not accepted[^]*leaked/);
    await page.getByLabel('New password').fill(firstPassword);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Change the password' }).waitFor();
    assert.deepEqual(await auditPage(page), []);
    await page.getByLabel('Current password').fill(firstPassword);
    await page.getByLabel('New password').fill(secondPassword);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('your other sessions have ended').waitFor();
    owner.assertQuiet(['422']);

    await using visitor = await site.visit();
    await visitor.page.goto(`${site.url}/login`);
    await visitor.page.getByLabel('User name').fill('Mika');
    await visitor.page.getByLabel('Password', { exact: true }).fill(firstPassword);
    await visitor.page.getByRole('button', { name: 'Log in' }).click();
    assert.match(await visitor.page.getByRole('alert').innerText(), /Login refused/);
    await visitor.page.getByLabel('User name').fill('Mika');
    const field = visitor.page.getByLabel('Password', { exact: true });
    await field.fill('');
    assert.deepEqual(
      [await field.getAttribute('type'), await field.getAttribute('autocomplete')],
      ['password', 'current-password'],
      'masked, and known to password managers',
    );
    await field.focus();
    // As a paste arrives: all at once, without keys.
    await visitor.page.keyboard.insertText(secondPassword);
    assert.equal(await field.evaluate((input) => input.dispatchEvent(new Event('paste', { cancelable: true }))), true);
    await visitor.page.getByRole('button', { name: 'Log in' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const kept = await visitor.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    assert.deepEqual(
      kept.filter((name) => !['kura.scheme', 'kura.language'].includes(name)),
      [],
      'nothing of the account',
    );
    visitor.assertQuiet(['401']);
  });

  it('come from an invitation whose code leaves the address at once', async () => {
    const { stdout } = await site.kura('users', 'invite', '--role', 'viewer', '--base-url', site.url, '--json');
    const { url } = JSON.parse(stdout) as { readonly url: string };
    await using guest = await site.visit({ viewport: { width: 320, height: 640 } });
    const { page } = guest;
    await page.goto(url);
    await page.getByRole('heading', { level: 1, name: 'You are invited' }).waitFor();
    await page.waitForURL(`${site.url}/login`);
    assert.deepEqual(await auditPage(page), []);
    await page.getByLabel('User name').fill('guest');
    await page.getByLabel('New password').fill('seven quiet lynxes skate');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    guest.assertQuiet();
  });
});
