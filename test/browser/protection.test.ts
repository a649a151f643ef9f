import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { type Site, startSite } from './running-site.ts';

describe('the protection page', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
    const photos = site.home.beside('photos');
    const passphrase = site.home.beside('passphrase');
    await mkdir(photos);
    await writeFile(site.home.beside('photos', '写真.txt'), '蔵の写真');
    await writeFile(passphrase, 'a passphrase for tests\n');
    await site.kura('backups', 'protect', 'photos', '--source', photos, '--title', 'Photos');
    for (const [name, place, media] of [
      ['near', 'main', 'disk'],
      ['far', 'grandmother', 'tape'],
    ] as const) {
      const repo = site.home.beside(name);
      await site.kura('vault', 'init', '--repo', repo, '--passphrase-file', passphrase);
      const to = ['--repo', repo, '--site', place, '--media', media, '--passphrase-file', passphrase];
      await site.kura('backups', 'add-copy', 'photos', ...to);
    }
  });
  after(() => site[Symbol.asyncDispose]());

  it('shows five figures, each with its state, the reasons and what to do', async () => {
    await using visitor = await site.enter('/backups/protection');
    const job = visitor.page.getByRole('article', { name: 'Photos' });
    const figures = await job.getByRole('list', { name: 'The five figures' }).getByRole('listitem').allInnerTexts();
    assert.deepEqual(
      figures.map((text) => /^\d/.exec(text)?.[0]),
      ['3', '2', '1', '1', '0'],
    );
    assert.ok(figures.every((text) => /Passed|Failed|Unknown/.test(text)));
    assert.match(await job.getByRole('group').innerText(), /To do:/);
    visitor.assertQuiet();
  });

  it('backs up and verifies at the push of a button, and shows when it is done', async () => {
    await using visitor = await site.enter('/backups/protection');
    const { page } = visitor;
    const job = page.getByRole('article', { name: 'Photos' });
    const copies = job.getByRole('table', { name: 'Copies' });
    assert.match(await copies.innerText(), /Never/);
    await job.getByRole('button', { name: 'Back up now' }).click();
    await copies.getByText('Done').nth(1).waitFor();
    await job.getByRole('button', { name: 'Verify' }).click();
    await copies.getByText('Passed').nth(1).waitFor();
    assert.match(await copies.innerText(), /All data read[^]*errors: 0/);
    await job.getByText('Off site').first().waitFor();

    const { stdout } = await site.kura('backups', 'status', 'photos', '--json');
    const said = JSON.parse(stdout) as { readonly jobs?: readonly { readonly verdict: string }[] };
    assert.ok(stdout.includes('"pass"'), JSON.stringify(said));
    visitor.assertQuiet();
  });

  it('shows how the runs went, pauses with a reason, and puts a copy right', async () => {
    await using visitor = await site.enter('/backups/jobs/photos');
    const { page } = visitor;
    await page.getByRole('img', { name: /^Size of 2 runs/ }).waitFor();
    await page.getByText('Next run of near must have ended by').waitFor();
    await page.getByRole('button', { name: 'Judge again' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const question = page.getByRole('alert').filter({ hasText: 'Pause this job?' });
    await question.getByLabel('Reason').fill('the disk is replaced');
    await question.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('the disk is replaced').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Change copy near' }).click();
    const form = page.getByRole('form', { name: 'Change copy near' });
    await form.getByLabel('Site').fill('attic');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('table', { name: 'Copies' }).getByText('attic').waitFor();
    visitor.assertQuiet();
  });
});
