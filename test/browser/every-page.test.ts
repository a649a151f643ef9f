import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { listDrills } from '#backups/contract';
import { listBatches } from '#models/contract';

import { documentOf, knowledgeSearch } from '../system/harness/answers.ts';
import { until } from '../system/harness/until.ts';
import { auditPage } from './page-audit.ts';
import { pageRoutes, routesWithout } from './page-routes.ts';
import { type Site, startSite } from './running-site.ts';
import type { WatchedPage } from './watched-page.ts';

interface Look {
  readonly scheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

interface Reader {
  readonly name: string;
  readonly locale: string;
  /** By address, as a bookmark does, or from page to page, as links do. */
  readonly comes: 'open' | 'follow';
  readonly looks: readonly [Look, Look];
}

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/** Every combination a person may read Kura in; the two of a language prove the others' opposites. */
const readers: readonly Reader[] = [
  {
    name: 'English, light and wide, dark and 320 px',
    locale: 'en-US',
    comes: 'open',
    looks: [
      { scheme: 'light', viewport: wide },
      { scheme: 'dark', viewport: narrow },
    ],
  },
  {
    name: '日本語, dark and wide, light and 320 px',
    locale: 'ja-JP',
    comes: 'follow',
    looks: [
      { scheme: 'dark', viewport: wide },
      { scheme: 'light', viewport: narrow },
    ],
  },
];

/** An account is looked at in `accounts`; an alert comes only of something that goes wrong by time. */
const notHere = ['/operations/users/ada', '/operations/alerts/1'];

describe('every page, with data in it,', () => {
  let site: Site;
  let paths: readonly string[] = [];
  before(async () => {
    site = await startSite();
    paths = await fill(site);
  });
  after(() => site[Symbol.asyncDispose]());

  it('is one that the router knows, and none is missing', async () => {
    const routes = await pageRoutes();
    assert.deepEqual(routesWithout([...paths, ...notHere], routes), []);
    assert.deepEqual(routesWithout(paths, routes).toSorted(), ['/operations/alerts/$id', '/operations/users/$user']);
  });

  for (const { name, locale, comes, looks } of readers) {
    it(`is accessible, fits and is quiet: ${name}`, async () => {
      await using visitor = await site.enter('/', { locale });
      const found: string[] = [];
      for (const [index, path] of paths.entries()) {
        // Half of the pages are opened in one look and change into the other, half the other way round.
        const [first, second] = index % 2 === 0 ? looks : looks.toReversed();
        await show(visitor, first);
        await visitor[comes](path);
        found.push(...(await faultsOf(visitor, first, path)));
        await show(visitor, second);
        found.push(...(await faultsOf(visitor, second, path)));
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

async function show({ page }: WatchedPage, { scheme, viewport }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize(viewport);
}

async function faultsOf(visitor: WatchedPage, { scheme, viewport }: Look, path: string): Promise<readonly string[]> {
  const { page } = visitor;
  await until('the width', async () =>
    (await page.evaluate<number>('innerWidth')) === viewport.width ? true : undefined,
  );
  // What hears of the width hears of it with the next frame.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
  await visitor.settle();
  const found = await auditPage(page);
  return found.map((fault) => `${path} (${scheme}, ${viewport.width} px): ${fault}`);
}

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
  await site.kura('backups', 'drill', 'run', 'library', '--json');
  await site.kura('backups', 'ticket', 'open', 'library', '--detail', 'ディスクから異音', '--json');
  const [drill] = documentOf(await site.kura('backups', 'drill', 'list', '--json'), listDrills.output).items;
  assert.ok(drill !== undefined);
  await fillMedia(site);

  const notes = site.home.beside('notes');
  await mkdir(notes);
  await writeFile(
    site.home.beside('notes', 'tape.md'),
    '---\ntype: incident\ntags: [テープ, backup]\n---\n# テープが読めない\n\nドライブを清掃してからもう一度読みます。\n',
  );
  await site.kura('knowledge', 'import', notes, '--json');
  const [hit] = documentOf(await site.kura('knowledge', 'search', 'テープ', '--json'), knowledgeSearch).hits;
  assert.ok(hit !== undefined);
  await site.kura('knowledge', 'watch', hit.id);
  await site.kura('knowledge', 'send-feedback', 'ui', '一覧が切れる', '幅が狭いと右端が見えません。');
  await cp(join(import.meta.dirname, '../../docs/plugins'), join(site.home.path, 'plugins'), { recursive: true });
  await site.kura('plugins', 'enable', 'studio-rules');
  const conversation = await converse(site);
  const dialogue = await beginDialogue(site);
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
    '/models/library/order',
    '/models/updates',
    '/models/watches',
    '/models/collections',
    '/models/civitai',
    '/models/scan',
    '/models/scan/rules?rule=pickle-import-process',
    '/models/quarantine',
    '/backups/protection',
    '/backups/jobs',
    '/backups/jobs/new',
    '/backups/jobs/library',
    '/backups/policies',
    '/backups/providers',
    '/backups/drills',
    `/backups/drills/${drill.id}`,
    '/backups/recovery',
    '/backups/test-plans',
    '/backups/tickets',
    '/backups/media',
    '/backups/media/TAPE-1',
    '/backups/media/rotation',
    '/backups/media/loans',
    '/backups/media/places',
    '/backups/media/scan',
    '/backups/media/scan/TAPE-1',
    '/backups/runs',
    '/backups/reports',
    '/backups/documents',
    '/backups/evidence',
    '/knowledge/search?q=テープ',
    `/knowledge/entries/${hit.id}`,
    `/knowledge/entries/${hit.id}/edit`,
    '/knowledge/new',
    '/knowledge/unanswered',
    `/knowledge/entries/${hit.id}/history`,
    '/knowledge/upkeep',
    '/knowledge/usage',
    '/knowledge/duplicates',
    `/knowledge/print?id=${encodeURIComponent(JSON.stringify([hit.id]))}`,
    '/knowledge/ask?q=テープが読めないときはどうしますか',
    conversation,
    '/knowledge/tags',
    '/knowledge/removed',
    '/knowledge/system-feedback',
    '/knowledge/watched',
    '/knowledge/faq',
    '/knowledge/dialogues',
    dialogue,
    '/account',
    '/device',
    '/backups/service-levels',
    '/operations/alerts',
    '/operations/notifications',
    '/operations/health',
    '/operations/availability',
    '/operations/audit',
    '/operations/users',
    '/operations/roles',
    '/operations/access',
    '/operations/schedules',
    '/operations/settings',
  ];
}

/** A question with an answer, and one without. @returns where they stand */
async function converse(site: Site): Promise<string> {
  await using visitor = await site.enter('/knowledge/ask');
  const { page } = visitor;
  for (const question of ['ドライブの清掃', '気球の予約はどこでできますか']) {
    await page.getByRole('textbox').fill(question);
    await page.getByRole('textbox').press('Enter');
    await page.getByRole('heading', { level: 2, name: question }).waitFor();
  }
  return new URL(page.url()).pathname;
}

/** An entry asked for question by question. @returns where the first question stands */
async function beginDialogue(site: Site): Promise<string> {
  await using visitor = await site.enter('/knowledge/dialogues');
  const { page } = visitor;
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await page.waitForURL(/\/knowledge\/dialogues\/./);
  return new URL(page.url()).pathname;
}

/** A tape that is due, and one that is lent. */
async function fillMedia(site: Site): Promise<void> {
  await site.kura('backups', 'media', 'add-place', '--site', '実家', '--room', '金庫', '--capacity', '4', '--json');
  for (const label of ['TAPE-1', 'TAPE-2']) {
    await site.kura('backups', 'media', 'add', '--label', label, '--kind', 'tape', '--name', '週次', '--json');
    await site.kura('backups', 'media', 'move', label, 'store', '--place', '実家 / 金庫', '--json');
  }
  const rotation = ['--scheme', 'custom', '--media', '2', '--every', '1', '--unit', 'week', '--title', '週次テープ'];
  await site.kura('backups', 'media', 'add-set', 'weekly', ...rotation, '--json');
  await site.kura('backups', 'media', 'assign', 'weekly', 'medium-1', 'TAPE-1', '--json');
  const loan = ['--borrower', '佐藤', '--due-on', '2030-01-31', '--purpose', '監査'];
  await site.kura('backups', 'media', 'lend', 'TAPE-2', ...loan, '--json');
}
