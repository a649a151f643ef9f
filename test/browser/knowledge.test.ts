import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { type Site, startSite } from './running-site.ts';

const entries = [
  {
    id: 'vram',
    title: 'VRAM が足りないときの対処',
    type: 'incident',
    body: '## 症状\n\n生成中に止まる。<script>window.hacked = true</script>\n\n[here](javascript:alert(1)) [there](https://example.org/)\n\nメモリーを節約する設定にする。',
    tags: ['vram', '生成'],
    lang: 'ja',
  },
  { id: 'nas', title: 'The NAS is slow at night', type: 'problem', body: 'A backup runs then.', tags: ['nas'] },
  {
    id: 'tape',
    title: 'Rotating the tapes',
    type: 'other',
    body: 'Every Monday the backup tape is changed.',
    tags: ['nas'],
  },
];

describe('the knowledge base', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
    const file = site.home.beside('entries.jsonl');
    await writeFile(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await site.kura('knowledge', 'import', file);
  });
  after(() => site[Symbol.asyncDispose]());

  it('finds while one types and marks what was searched for', async () => {
    await using visitor = await site.enter('/knowledge/search');
    const { page } = visitor;
    await page.getByLabel('Search', { exact: true }).pressSequentially('メモリー');
    await page.getByText('1 found in').waitFor();
    assert.equal(await page.getByRole('heading', { level: 2, name: 'VRAM が足りないときの対処' }).count(), 1);
    assert.equal(await page.locator('mark').first().innerText(), 'メモリー');
    assert.match(decodeURIComponent(page.url()), /\?q=メモリー$/);
    visitor.assertQuiet();
  });

  it('narrows down by type and tag, with counts, and takes filters back', async () => {
    await using visitor = await site.enter('/knowledge/search?q=backup');
    const { page } = visitor;
    await page.getByText('2 found in').waitFor();
    await page.getByText('Problem 1', { exact: true }).click();
    await page.getByText('1 found in').waitFor();
    await page.getByRole('heading', { level: 2, name: 'The NAS is slow at night' }).waitFor();
    await page.getByText('Problem 1', { exact: true }).click();
    await page.getByText('2 found in').waitFor();
    await page.getByText('nas 2', { exact: true }).click();
    await page.waitForURL(/tag=/);
    visitor.assertQuiet();
  });

  it('says what helps when nothing is found', async () => {
    await using visitor = await site.enter('/knowledge/search?q=zeppelin');
    await visitor.page.getByText('Nothing found').waitFor();
    await visitor.page.getByText('kura knowledge import PATH').waitFor();
    visitor.assertQuiet();
  });

  it('says what was taken as text and what was tried, and tells writers what nobody found', async () => {
    await using visitor = await site.enter('/knowledge/search?q=zeppelin%20craft:airship');
    const { page } = visitor;
    await page.getByText('there is no such field').waitFor();
    await page.getByText('Tried: as typed').waitFor();
    const noted = page.waitForResponse((response) => /search\?(?!.*typing)/.test(response.url()));
    await page.getByLabel('Search', { exact: true }).focus();
    await page.getByLabel('Search', { exact: true }).blur();
    await noted;
    await page.getByRole('link', { name: 'Upkeep' }).click();
    await page.getByRole('link', { name: 'Unanswered searches' }).click();
    await page.getByRole('link', { name: 'zeppelin craft:airship' }).waitFor();
    visitor.assertQuiet();
  });

  it('leads from an entry to related ones', async () => {
    await using visitor = await site.enter('/knowledge/search?q=title:night');
    const { page } = visitor;
    await page.getByRole('link', { name: 'The NAS is slow at night' }).click();
    await page
      .getByRole('region', { name: 'Related entries' })
      .getByRole('link', { name: 'Rotating the tapes' })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Rotating the tapes' }).waitFor();
    visitor.assertQuiet();
  });

  it('holds a conversation that other tabs follow, and hands it over', async () => {
    await using visitor = await site.enter('/knowledge/ask');
    const { page } = visitor;
    const question = 'When is the backup tape changed?';
    await page.getByLabel('Question', { exact: true }).fill(question);
    await page.getByLabel('Question', { exact: true }).press('Enter');
    await page.getByRole('heading', { level: 2, name: question }).waitFor();
    await page.getByRole('log').getByRole('link', { name: 'Rotating the tapes' }).waitFor();

    await using other = await site.enter(new URL(page.url()).pathname);
    await other.page.getByRole('heading', { level: 2, name: question }).waitFor();
    await page.getByLabel('Question', { exact: true }).fill('And on which Monday is that?');
    await page.getByRole('button', { name: 'Ask' }).click();
    for (const { page: tab } of [visitor, other]) {
      await tab.getByRole('heading', { level: 2, name: 'And on which Monday is that?' }).waitFor();
    }
    await page.getByText(`understood together with “${question}”`).waitFor();
    assert.equal(await page.getByLabel('Question', { exact: true }).inputValue(), '');

    await page.getByRole('button', { name: 'Hand over as incident' }).click();
    for (const { page: tab } of [visitor, other]) {
      await tab.getByRole('status').filter({ hasText: 'Handed over as a draft' }).getByRole('link').waitFor();
    }
    await page.getByRole('link', { name: '← Ask' }).click();
    await page.getByRole('button', { name: `Remove: ${question}` }).click();
    await page.getByRole('alert').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('link', { name: question }).waitFor({ state: 'detached' });
    await other.page.getByText('This conversation was removed meanwhile').waitFor();
    visitor.assertQuiet();
    other.assertQuiet();
  });

  it('shows an entry without ever running what is written in it', async () => {
    await using visitor = await site.enter('/knowledge/search?q=VRAM');
    const { page } = visitor;
    await page.getByRole('link', { name: /VRAM が足りないときの対処/ }).click();
    await page.getByRole('heading', { level: 1, name: 'VRAM が足りないときの対処' }).waitFor();
    await page.getByText('メモリーを節約する設定にする。').waitFor();
    // The title of the page is the first level, so a heading of the second stands one below where it was written.
    await page.getByRole('heading', { level: 3, name: '症状' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'there' }).getAttribute('href'), 'https://example.org/');
    assert.equal(await page.getByRole('link', { name: 'here', exact: true }).count(), 0);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    visitor.assertQuiet();
  });

  it('takes a new entry, which search finds at once, then a change, then its removal', async () => {
    await using visitor = await site.enter('/knowledge/new');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A title is needed').waitFor();
    await page.getByLabel('Title').fill('倉庫の鍵の場所');
    await page.getByLabel('Type').selectOption({ label: 'Request' });
    await page.getByRole('combobox', { name: 'Tags' }).fill('倉庫');
    await page.getByRole('combobox', { name: 'Tags' }).press('Enter');
    await page.getByLabel('Text').fill('鍵は事務所にあります。');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('region', { name: 'Preview' }).getByText('鍵は事務所にあります。').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Knowledge base' }).click();
    await page.getByRole('link', { name: 'New entry' }).click();
    await page.getByRole('button', { name: 'Go on writing' }).click();
    assert.equal(await page.getByLabel('Text').inputValue(), '鍵は事務所にあります。');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: '倉庫の鍵の場所' }).waitFor();
    assert.match((await site.kura('knowledge', 'search', '事務所', '--json')).stdout, /倉庫の鍵の場所/);

    await page.getByRole('link', { name: 'Edit entry' }).click();
    await page.getByLabel('Title').fill('倉庫の鍵はどこか');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: '倉庫の鍵はどこか' }).waitFor();

    await page.getByRole('link', { name: 'Edit entry' }).click();
    await page.getByRole('button', { name: 'Remove entry' }).click();
    await page.getByRole('alert').getByRole('button', { name: 'Remove entry' }).click();
    await page.getByRole('heading', { level: 1, name: 'Knowledge base' }).waitFor();
    assert.match((await site.kura('knowledge', 'search', '事務所', '--json')).stdout, /"total":0/);
    visitor.assertQuiet();
  });

  it('refuses to overwrite what somebody else changed meanwhile', async () => {
    await using first = await site.enter('/knowledge/search?q=Rotating');
    await first.page.getByRole('link', { name: /Rotating/ }).click();
    await first.page.getByRole('link', { name: 'Edit entry' }).click();
    await first.page.getByLabel('Title').fill('Mine');
    const address = new URL(first.page.url()).pathname;

    await using second = await site.enter(address);
    await second.page.getByLabel('Title').fill('Theirs');
    await second.page.getByRole('button', { name: 'Save' }).click();
    await second.page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor();

    await first.page.getByText('has changed this entry meanwhile').waitFor();
    await first.page.getByRole('button', { name: 'Save' }).click();
    assert.match(await first.page.getByRole('alert').innerText(), /Error id/);
    assert.equal(await first.page.getByLabel('Title').inputValue(), 'Mine');
    first.assertQuiet(['409', '412']);
  });
});
