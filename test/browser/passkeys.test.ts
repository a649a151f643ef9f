import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'playwright-core';

import { auditPage } from './page-audit.ts';
import { type Site, startSite } from './running-site.ts';

const password = 'seven quiet lynxes skate';

/** A phone with a fingerprint reader, as Chromium plays it. */
async function addAuthenticator(page: Page): Promise<{ refuse(): Promise<void>; accept(): Promise<void> }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  async function verified(isUserVerified: boolean): Promise<void> {
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  }
  return { refuse: () => verified(false), accept: () => verified(true) };
}

describe('passkeys', () => {
  let site: Site;
  let url: string;
  before(async () => {
    site = await startSite();
    // Passkeys belong to names, not to bare addresses.
    url = site.url.replace('127.0.0.1', 'localhost');
  });
  after(() => site[Symbol.asyncDispose]());

  it('are added, log in without a password, and are removed with a recovery code', async () => {
    const { stdout } = await site.kura('users', 'invite', '--role', 'viewer', '--base-url', url, '--json');
    await using visitor = await site.visit();
    const { page } = visitor;
    const finger = await addAuthenticator(page);
    await page.goto((JSON.parse(stdout) as { readonly url: string }).url);
    await page.getByLabel('User name').fill('mika');
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

    await page.goto(`${url}/account`);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name of the passkey').fill('phone');
    await page.getByLabel('Your password').last().fill(password);
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    const [code = ''] = await page.locator('.k-account-codes li').allInnerTexts();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('phone', { exact: true }).waitFor();
    assert.deepEqual(await auditPage(page), []);

    await page.getByRole('button', { name: 'Log out' }).click();
    await finger.refuse();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    assert.match(await page.getByRole('alert').innerText(), /did not hand over a passkey/);
    await finger.accept();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('User name').fill('mika');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByText('Now the second factor').waitFor();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

    await page.goto(`${url}/account`);
    await page.getByText('Last used').waitFor();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name of the passkey').fill('old phone');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByText('old phone', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByLabel('Current password').last().fill(password);
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('old phone', { exact: true }).waitFor({ state: 'detached' });
    visitor.assertQuiet([`foreign: ${url}/`]);
  });
});
