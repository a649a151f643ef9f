import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Secret, TOTP } from 'otpauth';

import { auditPage } from './page-audit.ts';
import { type Site, startSite } from './running-site.ts';
import type { WatchedPage } from './watched-page.ts';

const password = 'seven quiet lynxes skate';

/** A code that was not used before: apps of people wait for the next one, tests take the step after. */
function codeOf(secret: string, stepsAhead: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });
}

describe('the second factor', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site[Symbol.asyncDispose]());

  async function invited(name: string, role: string, options = {}): Promise<WatchedPage> {
    const { stdout } = await site.kura('users', 'invite', '--role', role, '--base-url', site.url, '--json');
    const { url } = JSON.parse(stdout) as { readonly url: string };
    const visitor = await site.visit(options);
    const { page } = visitor;
    await page.goto(url);
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL((address) => address.pathname !== '/login');
    return visitor;
  }

  /** From the password to the recovery codes. */
  async function setUp({ page }: WatchedPage): Promise<{ readonly secret: string; readonly codes: readonly string[] }> {
    await page.getByLabel('Your password').fill(password);
    await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
    await page.getByRole('img', { name: 'Picture for the authenticator app' }).waitFor();
    assert.deepEqual(await auditPage(page), []);
    const secret = (await page.locator('.k-account-secret').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code').fill(codeOf(secret, -1));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    const codes = await page.locator('.k-account-codes li').allInnerTexts();
    assert.equal(codes.length, 10);
    assert.deepEqual(await auditPage(page), []);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    return { secret, codes };
  }

  async function logInHalf({ page }: WatchedPage, name: string): Promise<void> {
    await page.goto(`${site.url}/login`);
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Now the second factor').waitFor();
  }

  it('is set up in the account, asked for at the next login, and taken off again', async () => {
    await using visitor = await invited('mika', 'viewer', { viewport: { width: 320, height: 640 } });
    const { page } = visitor;
    await visitor.open('/account');
    const { secret, codes } = await setUp(visitor);
    await page.getByText('10 recovery codes left').waitFor();

    await using other = await site.visit();
    await logInHalf(other, 'mika');
    assert.deepEqual(await auditPage(other.page), []);
    await other.page.reload({ waitUntil: 'networkidle' });
    await other.page.getByLabel('Code').fill('000000');
    await other.page.getByRole('button', { name: 'Log in', exact: true }).click();
    assert.match(await other.page.getByRole('alert').innerText(), /code is wrong/);
    await other.page.getByLabel('Code').fill(codeOf(secret, 0));
    await other.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await other.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    other.assertQuiet(['401']);

    await page.getByRole('button', { name: 'Take the second factor off' }).click();
    await page.getByLabel('Current password').last().fill(password);
    await page.getByLabel('Code').fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'Take the second factor off' }).click();
    await page.getByRole('button', { name: 'Set up an authenticator app' }).waitFor();
    visitor.assertQuiet();
  });

  it('is the first thing for whoever has a role that needs it, in their own language', async () => {
    await site.kura('config', 'set', 'access.secondFactorRoles', 'operator');
    await using visitor = await invited('noa', 'operator');
    const { page } = visitor;
    await page.getByText('Until it is set up, you can do nothing else here').waitFor();
    await page.goto(`${site.url}/models/library`);
    await page.getByText('Until it is set up, you can do nothing else here').waitFor();
    assert.equal(new URL(page.url()).pathname, '/account');
    await setUp(visitor);
    await page.getByRole('heading', { name: 'Change the password' }).waitFor();
    await visitor.open('/models/library');
    visitor.assertQuiet();

    await using japanese = await site.visit({ locale: 'ja-JP' });
    await japanese.page.goto(`${site.url}/login`);
    await japanese.page.getByLabel('ユーザー名').fill('noa');
    await japanese.page.getByLabel('パスワード', { exact: true }).fill(password);
    await japanese.page.getByRole('button', { name: 'ログイン' }).click();
    await japanese.page.getByText('次に二要素認証を行います').waitFor();
    japanese.assertQuiet();
  });
});
