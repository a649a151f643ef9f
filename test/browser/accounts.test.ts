import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'playwright-core';

import { auditPage } from './page-audit.ts';
import { addPerson, enterAs, logIn, passwordOf } from './people.ts';
import { type Site, startSite } from './running-site.ts';

async function menuOf(page: Page): Promise<readonly string[]> {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
}

async function openAccount(page: Page, site: Site, name: string): Promise<void> {
  await page.goto(`${site.url}/operations/users`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `Account ${name}` }).waitFor();
}

/** As somebody does who guesses. */
async function lockOut(site: Site, username: string): Promise<void> {
  for (let n = 0; n < 5; n += 1) {
    const body = JSON.stringify({ username, password: 'wrong wrong wrong' });
    const headers = { 'content-type': 'application/json' };
    assert.equal((await fetch(`${site.url}/api/v1/session`, { method: 'POST', headers, body })).status, 401);
  }
}

describe('an administrator', () => {
  let site: Site;
  before(async () => {
    // The limit per address would come before the lock of the account.
    site = await startSite({ KURA_LIMITS_LOGIN_PER_MINUTE: '1000' });
    await addPerson(site, 'ada', 'admin');
    for (const name of ['kei', 'rin', 'sora']) await addPerson(site, name, 'viewer');
  });
  after(() => site[Symbol.asyncDispose]());

  it('invites somebody, who chooses a password and then sees only what the role allows', async () => {
    await using admin = await enterAs(site, 'ada');
    const { page } = admin;
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page
      .getByRole('region', { name: 'Invite somebody' })
      .getByRole('button', { name: 'Invite somebody' })
      .click();
    const link = await page.getByRole('textbox', { name: 'Link of the invitation' }).inputValue();
    assert.ok(link.startsWith(`${site.url}/login#invitation=`), link);

    await using visitor = await site.visit();
    const guest = visitor.page;
    await guest.goto(link);
    await guest.getByLabel('User name').fill('mika');
    await guest.getByLabel('New password').fill(passwordOf('mika'));
    await guest.getByRole('button', { name: 'Create account' }).click();
    await guest.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const menu = await menuOf(guest);
    assert.ok(menu.includes('Library') && menu.includes('Settings'), menu.join());
    for (const hidden of ['Users', 'Roles', 'Sessions and keys', 'Audit log'])
      assert.ok(!menu.includes(hidden), hidden);
    await visitor.open('/operations/users');
    await guest.getByRole('heading', { level: 1, name: 'You may not open this page' }).waitFor();
    await guest.getByText('See accounts, roles, sessions and keys').waitFor();
    await visitor.open('/models/library');
    assert.equal(await guest.getByRole('button', { name: /Verify|Restore/ }).count(), 0);
    visitor.assertQuiet();

    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('link', { name: 'mika', exact: true }).waitFor();
    await page.getByRole('region', { name: 'Invitations' }).getByText('Accepted').waitFor();
    admin.assertQuiet();
  });

  it('sees that an account was locked by failed logins, and unlocks it', async () => {
    await lockOut(site, 'kei');
    await using locked = await site.visit();
    await locked.open('/login');
    await logIn(locked.page, 'kei');
    assert.match(await locked.page.getByRole('alert').innerText(), /Login refused/);

    await using admin = await enterAs(site, 'ada');
    await admin.open('/operations/users');
    await admin.page.getByRole('row', { name: /kei/ }).getByText('Locked until').waitFor();
    await openAccount(admin.page, site, 'kei');
    await admin.page.getByRole('button', { name: 'Unlock' }).click();
    await admin.page.getByText('kei can try again now.').waitFor();
    admin.assertQuiet();
    await using unlocked = await enterAs(site, 'kei');
    unlocked.assertQuiet();
    locked.assertQuiet(['401']);
  });

  it('lets a password become too old: whoever comes with it changes it, then goes on', async () => {
    await addPerson(site, 'tetsu', 'viewer');
    await site.kura('config', 'set', 'access.passwordDays', '90');
    using database = new DatabaseSync(join(site.home.path, 'kura.db'));
    database.exec("update accounts set password_changed_at = '2020-01-01T00:00:00.000Z' where username = 'tetsu'");
    await using visitor = await site.visit();
    const { page } = visitor;
    await visitor.open('/login');
    await logIn(page, 'tetsu');
    await page.getByText('Your password is older than this house allows').waitFor();
    await visitor.open('/models/library');
    await page.getByLabel('Current password').fill(passwordOf('tetsu'));
    await page.getByLabel('New password').fill(passwordOf('tetsu'));
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByRole('alert').getByText('those are not taken again here').waitFor();
    await page.getByLabel('New password').fill(passwordOf('tetsu the second'));
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Password to be changed by').waitFor();
    await visitor.open('/models/library');
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
    await site.kura('config', 'set', 'access.passwordDays', '0');
    visitor.assertQuiet(['422']);
  });

  it('makes a role, gives it to somebody, and it holds; nobody changes their own', async () => {
    await using admin = await enterAs(site, 'ada');
    const { page } = admin;
    await admin.open('/operations/roles');
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByLabel('Name, in small letters').fill('curator');
    await page.getByLabel('Shown as').fill('学芸員');
    await page.getByLabel('See models, downloads and the library').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('region', { name: '学芸員' }).waitFor();

    await openAccount(page, site, 'rin');
    await page.getByLabel('Role', { exact: true }).selectOption('curator');
    await page.getByRole('button', { name: 'Change the role' }).click();
    await page.getByRole('alert').getByRole('button', { name: 'Change the role' }).click();
    await page.getByText('rin now has the role “学芸員”.').waitFor();
    await openAccount(page, site, 'ada');
    await page.getByText('This is your own account.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^(?:Disable|Remove|Change the role)$/ }).count(), 0);
    admin.assertQuiet();

    await using curator = await enterAs(site, 'rin');
    const menu = await menuOf(curator.page);
    for (const hidden of ['Knowledge base', 'Protection', 'Health', 'Users']) assert.ok(!menu.includes(hidden), hidden);
    for (const path of ['/models/library', '/models/downloads', '/models/watches', '/models/civitai']) {
      await curator.open(path);
    }
    curator.assertQuiet();
  });

  it('makes a key that works until it is revoked', async () => {
    await using admin = await enterAs(site, 'ada');
    const { page } = admin;
    await openAccount(page, site, 'sora');
    const keys = page.getByRole('region', { name: 'API keys' });
    await keys.getByRole('button', { name: 'New API key' }).click();
    await keys.getByLabel('What is it for?').fill('nightly');
    await keys.getByRole('button', { name: 'Make the key' }).click();
    const secret = await keys.getByRole('textbox', { name: 'API key “nightly”' }).inputValue();
    const headers = { authorization: `Bearer ${secret}` };
    assert.equal((await fetch(`${site.url}/api/v1/models/library`, { headers })).status, 200);
    assert.equal((await fetch(`${site.url}/api/v1/users`, { headers })).status, 403);
    await keys.getByRole('button', { name: 'Close' }).click();
    await keys.getByRole('button', { name: 'Revoke nightly' }).click();
    await keys.getByRole('alert').getByRole('button', { name: 'Revoke' }).click();
    await keys.getByText('Revoked', { exact: true }).waitFor();
    assert.equal((await fetch(`${site.url}/api/v1/models/library`, { headers })).status, 401);
    await page.reload();
    await keys.getByText('nightly').waitFor();
    assert.ok(!(await page.content()).includes(secret), 'a key is shown once');
    admin.assertQuiet();
  });

  it('ends a session, and the other browser says why its page went away', async () => {
    await using person = await enterAs(site, 'sora');
    await person.open('/knowledge/search');
    await using admin = await enterAs(site, 'ada');
    await admin.open('/operations/access');
    const session = admin.page
      .getByRole('region', { name: 'Sessions' })
      .getByRole('listitem')
      .filter({ hasText: 'sora' });
    await session.getByRole('button', { name: 'End the session of sora' }).click();
    await session.getByRole('alert').getByRole('button', { name: 'End' }).click();
    await session.waitFor({ state: 'detached' });
    admin.assertQuiet();
    await person.page.getByRole('link', { name: 'Library', exact: true }).first().click();
    await person.page.getByText('Your session has ended').waitFor();
    await logIn(person.page, 'sora');
    await person.page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
    person.assertQuiet(['401']);
  });

  it('finds the pages in Japanese, on a narrow and dark screen', async () => {
    await lockOut(site, 'kei');
    await site.kura('users', 'invite', '--role', 'auditor', '--json');
    await using admin = await enterAs(site, 'ada', {
      locale: 'ja-JP',
      colorScheme: 'dark',
      viewport: { width: 320, height: 640 },
    });
    const { page } = admin;
    await admin.open('/operations/users');
    await page.getByRole('row', { name: /kei/ }).getByText('までロック中').waitFor();
    await page.getByRole('button', { name: 'アカウントを作成' }).click();
    assert.deepEqual(await auditPage(page), [], 'users');
    await page.getByRole('link', { name: 'sora', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'アカウント sora' }).waitFor();
    await page.getByRole('button', { name: '新しい API キー' }).click();
    await page.getByRole('button', { name: '削除', exact: true }).click();
    await page.getByText('sora さんのアカウントを完全に削除しますか？').waitFor();
    assert.deepEqual(await auditPage(page), [], 'one user');
    await admin.open('/operations/roles');
    await page.getByRole('button', { name: '新しいロール' }).click();
    assert.deepEqual(await auditPage(page), [], 'roles');
    await admin.open('/operations/access');
    await page.getByRole('heading', { name: 'セッション', exact: true }).waitFor();
    assert.deepEqual(await auditPage(page), [], 'access');
    admin.assertQuiet();
  });
});

describe('somebody with the role', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
    for (const role of ['viewer', 'editor', 'operator', 'auditor']) await addPerson(site, `the-${role}`, role);
  });
  after(() => site[Symbol.asyncDispose]());

  for (const role of ['viewer', 'editor', 'operator', 'auditor']) {
    it(`${role} meets no refused question on any page of the menu`, async () => {
      await using visitor = await enterAs(site, `the-${role}`);
      const { page } = visitor;
      await visitor.open('/');
      const links = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all();
      const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
      assert.ok(paths.length > 10);
      for (const path of paths) {
        await visitor.follow(path ?? '/');
        assert.deepEqual(await page.getByRole('alert').allInnerTexts(), [], `${path}`);
      }
      visitor.assertQuiet();
    });
  }
});
