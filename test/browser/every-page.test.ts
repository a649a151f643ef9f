import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import type { BrowserContextOptions } from 'playwright-core';

import { listBatches } from '#models/contract';

import { documentOf, knowledgeSearch } from '../system/harness/answers.ts';
import { auditPage } from './page-audit.ts';
import { type Site, startSite } from './running-site.ts';

/** Every combination a person may read Kura in; each also proves another of the four ways at once. */
const readers: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: 'English, light, wide', options: { locale: 'en-US', colorScheme: 'light' } },
  { name: '日本語, dark, wide', options: { locale: 'ja-JP', colorScheme: 'dark' } },
  {
    name: '日本語, light, 320 px',
    options: { locale: 'ja-JP', colorScheme: 'light', viewport: { width: 320, height: 640 } },
  },
  {
    name: 'English, dark, 320 px',
    options: { locale: 'en-US', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
  },
];

describe('every page, with data in it,', () => {
  let site: Site;
  let paths: readonly string[] = [];
  before(async () => {
    site = await startSite();
    paths = await fill(site);
  });
  after(() => site[Symbol.asyncDispose]());

  for (const { name, options } of readers) {
    it(`is accessible, fits and is quiet: ${name}`, async () => {
      await using visitor = await site.enter('/', options);
      const found: string[] = [];
      for (const path of paths) {
        await visitor.open(path);
        found.push(...(await auditPage(visitor.page)).map((fault) => `${path}: ${fault}`));
      }
      assert.deepEqual(found, []);
      visitor.assertQuiet();
    });
  }

  it('is reached from the menu on a narrow screen', async () => {
    await using visitor = await site.enter('/', { viewport: { width: 320, height: 640 } });
    const { page } = visitor;
    await page.getByRole('button', { name: 'Open the menu' }).click();
    const menu = page.getByRole('navigation', { name: 'Main' });
    assert.equal(await menu.locator(':focus').count(), 1, 'the focus goes into the menu');
    assert.deepEqual(await auditPage(page), []);
    await menu.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
    await menu.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    visitor.assertQuiet();
  });

  it('asks nobody else and allows no inline code', async () => {
    const response = await fetch(`${site.url}/models/library`);
    assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self' 'nonce-[^']+';/);
    const html = await response.text();
    assert.doesNotMatch(html, /__CSP_NONCE__|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
  });
});

/** Something of every kind on every page. @returns the addresses of all pages */
async function fill(site: Site): Promise<readonly string[]> {
  const { lora, checkpoint, japaneseLora, slashName, maliciousPickle } = site.simulator.catalogue.known;
  const olderSlash = { versionId: slashName.versionId + 2 };
  const refs = [lora, checkpoint, japaneseLora, olderSlash].map(({ versionId }) => `@${versionId}`);
  await site.kura('models', 'get', ...refs, '--json');
  await site.home.run(['models', 'get', `@${maliciousPickle.versionId}`, '--json']);
  await site.home.run(['models', 'batches', 'start', ...refs, '@999999', '--name', '祭りの一式', '--json']);
  const [batch] = documentOf(await site.kura('models', 'batches', 'list', '--json'), listBatches.output).items;
  assert.ok(batch !== undefined);

  await site.kura('models', 'searches', 'save', '祭りの LoRA', 'lantern', '--type', 'LORA', '--json');
  await site.kura('models', 'watch', 'add', '毎日の祭り', '--search', '祭りの LoRA', '--every', '1d', '--json');
  await site.kura('models', 'watch', 'run', '毎日の祭り', '--json');
  await site.kura('models', 'collect', '--base', 'Illustrious', '--limit', '5', '--json');
  await site.kura('models', 'sweep', 'plan', '小さな一括収集', '--base', 'Pony', '--base', 'SD 1.5', '--json');
  await site.kura('models', 'sweep', 'run', '小さな一括収集', '--json');

  const passphrase = site.home.beside('passphrase');
  await writeFile(passphrase, 'a passphrase for tests\n');
  const repo = site.home.beside('vault');
  await site.kura('vault', 'init', '--repo', repo, '--passphrase-file', passphrase);
  const place = ['--site', '実家', '--media', 'tape', '--passphrase-file', passphrase];
  await site.kura('backups', 'add-copy', 'library', '--repo', repo, ...place);
  await site.kura('backups', 'run', 'library', '--json');
  await site.kura('backups', 'verify', 'library', '--read-data', '--json');

  const notes = site.home.beside('notes');
  await mkdir(notes);
  await writeFile(
    site.home.beside('notes', 'tape.md'),
    '---\ntype: incident\ntags: [テープ, backup]\n---\n# テープが読めない\n\nドライブを清掃してからもう一度読みます。\n',
  );
  await site.kura('knowledge', 'import', notes, '--json');
  const [hit] = documentOf(await site.kura('knowledge', 'search', 'テープ', '--json'), knowledgeSearch).hits;
  assert.ok(hit !== undefined);
  return [
    '/',
    '/models/search',
    '/models/search?source=catalogue',
    `/models/catalogue/${checkpoint.modelId}`,
    '/models/downloads',
    '/models/downloads/new',
    `/models/downloads/${batch.id}`,
    '/models/history',
    '/models/library',
    '/models/updates',
    '/models/watches',
    '/models/collections',
    '/models/civitai',
    '/models/scan',
    '/models/scan/rules?rule=pickle-import-process',
    '/models/quarantine',
    '/backups/protection',
    '/knowledge/search?q=テープ',
    `/knowledge/entries/${hit.id}`,
    `/knowledge/entries/${hit.id}/edit`,
    '/knowledge/new',
    '/operations/health',
    '/operations/audit',
    '/operations/users',
    '/operations/roles',
    '/operations/access',
    '/operations/schedules',
    '/operations/settings',
  ];
}
