/** The login provider and command lines that log in, as people meet them. */
import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'playwright-core';

import { freePort } from '#stand-ins/free-port';
import { type LoginProviderServer, startLoginProvider } from '#stand-ins/login-provider';

import { succeeded } from '../system/harness/answers.ts';
import { createHome } from '../system/harness/kura-home.ts';
import { auditPage } from './page-audit.ts';
import { type Site, startSite } from './running-site.ts';

/** What the provider's own pages ask for; nobody is asked here. */
const fonts = 'https://fonts.googleapis.com/';

async function withoutFonts(page: Page): Promise<void> {
  await page.route(`${fonts}**`, (route) => route.fulfill({ contentType: 'text/css', body: '' }));
}

/** At the provider: any password will do. */
async function logInThere(page: Page, issuer: string, name: string): Promise<void> {
  await page.waitForURL(`${issuer}/**`);
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('button[type=submit]').click();
}

describe('ways in', () => {
  const stack = new AsyncDisposableStack();
  let provider: LoginProviderServer;
  let site: Site;
  before(async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    provider = stack.use(await startLoginProvider([url]));
    provider.people.set('mika', { sub: 'mika', preferred_username: 'mika', groups: ['artists'] });
    const roles = JSON.stringify([{ group: 'artists', role: 'editor' }]);
    const started = await startSite(
      {
        KURA_ACCESS_PUBLIC_URL: url,
        KURA_OIDC_ISSUER: provider.issuer,
        KURA_OIDC_CLIENT_ID: provider.clientId,
        KURA_OIDC_CLIENT_SECRET: provider.clientSecret,
        KURA_OIDC_NAME: 'Studio',
        KURA_OIDC_ROLES: roles,
      },
      port,
    );
    site = stack.use(started);
  });
  after(() => stack.disposeAsync());

  it('by the provider: to the page that was asked for, nothing left in the address, out at both places', async () => {
    await using visitor = await site.visit();
    const { page } = visitor;
    await withoutFonts(page);
    await page.goto(`${site.url}/models/library`);
    await page.getByRole('button', { name: 'Log in with Studio' }).click();
    await logInThere(page, provider.issuer, 'mika');
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
    assert.equal(page.url(), `${site.url}/models/library`);
    await page.goBack().catch(() => null);
    assert.doesNotMatch(page.url(), /code=/);
    await page.goto(`${site.url}/account`);
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    assert.deepEqual(await auditPage(page), [], 'account');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '日本語' }).click();
    const account = page.locator('form').filter({ has: page.getByRole('combobox', { name: 'Language' }) });
    await account.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'アカウント' }).waitFor();
    await page.getByRole('button', { name: 'ログアウト' }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    visitor.assertQuiet([provider.issuer, fonts]);
  });

  it('are not opened by what another window was sent back with', async () => {
    await using visitor = await site.visit();
    const { page } = visitor;
    await page.goto(`${site.url}/login/oidc?code=of-somebody-else&state=of-somebody-else`);
    await page.getByRole('alert').getByText('not begun in this window').waitFor();
    assert.equal(page.url(), `${site.url}/login/oidc`);
    assert.deepEqual(await auditPage(page), []);
    visitor.assertQuiet();
  });

  it('for a command line: the code is approved in the browser, the key kept sealed, and given back', async () => {
    await using machine = await createHome();
    await using login = machine.start(['login', '--server', site.url, '--name', 'studio-pc', '--json']);
    const line = await login.line((text) => text.includes('"open"'));
    assert.ok(line !== undefined, 'no code was shown');
    const { code, url } = JSON.parse(line) as { readonly code: string; readonly url: string };

    await using visitor = await site.visit();
    const { page } = visitor;
    await withoutFonts(page);
    await page.goto(url);
    await page.getByRole('button', { name: /^(?:Log in with Studio|Studio でログイン)$/ }).click();
    await logInThere(page, provider.issuer, 'mika');
    // The language of the account, in a browser that speaks another.
    await page.getByRole('heading', { level: 1, name: 'コマンドラインのログイン' }).waitFor();
    await page.getByLabel('コード', { exact: true }).fill('bcdf-ghjk');
    await page.getByRole('button', { name: '確認する' }).click();
    await page.getByRole('alert').getByText('このコードで待っているコマンドラインはありません').waitFor();
    await page.getByLabel('コード', { exact: true }).fill(code);
    await page.getByRole('button', { name: '確認する' }).click();
    await page.getByText('studio-pc').waitFor();
    assert.deepEqual(await auditPage(page), [], 'device');
    await page.getByRole('button', { name: '承認' }).click();
    await page.getByText('承認しました').waitFor();
    visitor.assertQuiet([provider.issuer, fonts, '404']);

    const done =
      succeeded(await login.result)
        .stdout.trim()
        .split('\n')
        .at(-1) ?? '';
    assert.equal((JSON.parse(done) as { readonly user: string }).user, 'mika');
    const secrets = join(machine.path, 'run', 'secrets');
    const stored = (await readdir(secrets)).find((name) => name.startsWith('server.')) ?? assert.fail('nothing stored');
    assert.equal((await stat(join(secrets, stored))).mode & 0o777, 0o600);
    succeeded(await machine.run(['models', 'list', '--server', site.url, '--json']));
    succeeded(await machine.run(['logout', '--server', site.url, '--json']));
    const over = await machine.run(['models', 'list', '--server', site.url, '--json']);
    assert.equal(over.code, 1, over.stderr);
  });
});
