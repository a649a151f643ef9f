import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { auditPage } from './page-audit.ts';
import { type Site, startSite } from './running-site.ts';

describe('the page of the audit log', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
    for (let n = 0; n < 5; n += 1) {
      const answer = await fetch(`${site.url}/api/v1/audit/entries`, { headers: { authorization: 'Bearer wrong' } });
      assert.equal(answer.status, 401);
    }
    await site.kura('config', 'set', 'downloads.parallel', '3');
  });
  after(() => site[Symbol.asyncDispose]());

  it('verifies the log and says what was found', async () => {
    await using visitor = await site.enter('/operations/audit');
    const { page } = visitor;
    const chain = page.getByRole('region', { name: 'Is it whole?' });
    await chain.getByText('Not verified yet').first().waitFor();
    await chain.getByRole('button', { name: 'Verify now' }).click();
    await chain.getByText(/It holds: \d+ entries read/).waitFor();
    visitor.assertQuiet();
  });

  it('finds an entry and shows what was before and after', async () => {
    await using visitor = await site.enter('/operations/audit');
    const entries = visitor.page.getByRole('region', { name: 'Entries' });
    await entries.getByLabel('Action (models.*)').fill('settings.*');
    await entries.getByRole('button', { name: 'Search' }).click();
    const entry = entries.getByRole('listitem').filter({ hasText: 'downloads.parallel' });
    await entry.getByRole('button', { name: 'Details' }).click();
    await entry.getByRole('columnheader', { name: 'Before' }).waitFor();
    assert.deepEqual(await auditPage(visitor.page), []);
    visitor.assertQuiet();
  });

  it('shows what the rules found until somebody settles it, in Japanese as well', async () => {
    await using visitor = await site.enter('/operations/audit', {
      locale: 'ja-JP',
      viewport: { width: 320, height: 640 },
    });
    const detected = visitor.page.getByRole('region', { name: '検知' });
    await detected.getByRole('heading', { name: '1 時間に 5 回以上のログイン失敗' }).waitFor();
    assert.deepEqual(await auditPage(visitor.page), []);
    await detected.getByLabel('何だったのか、なぜ解決したのか').fill('テストのため');
    await detected.getByRole('button', { name: '確認済みにする' }).click();
    await detected.getByText('検知はありません。').waitFor();
    await detected.getByText('すべて', { exact: true }).click();
    await detected.getByText(/さんが確認済み: テストのため/).waitFor();
    visitor.assertQuiet();
  });
});
