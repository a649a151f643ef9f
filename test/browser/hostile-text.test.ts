/** Cross-site scripting (issue 6): hostile text in every field, every page looked at in both languages. */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'playwright-core';
import { hostileText, hostileTexts } from '#stand-ins/hostile-texts';
import { startHostileCivitai } from './hostile-civitai.ts';
import { pageRoutes, routesWithout } from './page-routes.ts';
import { type Site, startSite } from './running-site.ts';

const stack = new AsyncDisposableStack();
let site: Site;
let token: string;
before(async () => {
  const upstream = stack.use(await startHostileCivitai());
  site = stack.use(await startSite({ KURA_CIVITAI_URL: upstream.url }));
  upstream.upstream = site.simulator.url;
  token = (await readFile(join(site.home.path, 'run', 'admin-token'), 'utf8')).trim();
});
after(() => stack.disposeAsync());

describe('hostile text in every field', () => {
  it('is text on every page, in both languages, and runs nowhere', async () => {
    const seeded = await seed();
    const routes = await pageRoutes();
    // Each page that the router knows: with hostile data in it, and where it takes an id, with a text in its place.
    const pages = [...new Set([...routes.filter((route) => !route.includes('$')), ...seeded])];
    const byAddress = [...pagesWithTextInTheirAddress, ...routesWithout(seeded, routes).filter(takesId).map(withText)];
    for (const locale of ['en-US', 'ja-JP'] as const) {
      await using visitor = await site.enter('/', { locale });
      const { page } = visitor;
      page.on('dialog', (dialog) => {
        void dialog.dismiss();
        assert.fail(`a dialog opened: ${dialog.message()}`);
      });
      await page.addInitScript({ content: watcher });
      const found: string[] = [];
      await visitor.open('/');
      for (const path of locale === 'en-US' ? [...pages, ...byAddress] : pages) {
        await visitor[byAddress.includes(path) ? 'open' : 'follow'](path);
        await page.locator('summary').evaluateAll((all) => {
          for (const one of all) one.click();
        });
        found.push(...(await planted(page)).map((fault) => `${locale} ${path}: ${fault}`));
      }
      assert.deepEqual(found, []);
      // A text is no id, and says so.
      visitor.assertQuiet(['404', '422']);
    }
  });

  it('is seen as it was written, so the pages really hold it', async () => {
    await using visitor = await site.enter('/knowledge/search?q=tape');
    for (const [path, text] of [
      ['/knowledge/search?q=tape', hostileTexts[3]],
      ['/operations/users', hostileTexts[4]],
      ['/models/search', 'owned('],
      ['/models/watches', 'owned('],
    ] as const) {
      await visitor.open(path);
      await visitor.page
        .getByText(text ?? '')
        .filter({ visible: true })
        .first()
        .waitFor();
    }
  });

  it('is data in every answer of the API: JSON that no browser takes for a page', async () => {
    for (const path of [
      '/api/v1/knowledge/entries',
      '/api/v1/users',
      '/api/v1/models/saved-searches',
      '/nowhere<script>',
    ]) {
      const response = await fetch(`${site.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      assert.match(response.headers.get('content-type') ?? '', /^application\/(?:problem\+)?json/);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    }
  });
});

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${site.url}${path}`, { method, headers, ...sent });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** Runs before any script of a page; `owned` is what the texts call. */
const watcher = `
  globalThis.hits = [];
  globalThis.owned = (hit) => hits.push('ran: ' + hit);
  addEventListener('securitypolicyviolation', ({ blockedURI, sample }) => {
    // Zod asks once whether it may compile its schemas, and so does the test with what it evaluates. Planted code that
    // evaluates something would have run before.
    if (blockedURI !== 'eval') hits.push('stopped by policy: ' + blockedURI + ' ' + sample);
  });
`;

const inAddress = encodeURIComponent(hostileTexts[3] ?? '');
const pagesWithTextInTheirAddress = [
  `/knowledge/search?q=${inAddress}`,
  `/models/search?query=${inAddress}`,
  `/knowledge/entries/${inAddress}`,
  `/models/search?source=catalogue#${inAddress}`,
  `/models/scan/rules?rule=${inAddress}`,
];

function takesId(route: string): boolean {
  return route.includes('$');
}

function withText(route: string): string {
  return route.replaceAll(/\$\w+/g, inAddress);
}

/** Plants the texts. @returns the pages that show one of the things planted; the router knows the others */
async function seed(): Promise<readonly string[]> {
  const entries = await seedKnowledge();
  await seedPeople();
  const models = await seedModels();
  await seedBackups();
  await seedLogins();
  return [...entries, ...models, '/operations/users/hostile-0', '/backups/jobs/hostile'];
}

/** One entry per text, and three with many of them, since an open tag or comment would hide what follows it. */
async function seedKnowledge(): Promise<readonly string[]> {
  const path = '/api/v1/knowledge/entries';
  const ids: unknown[] = [];
  for (const [index, text] of hostileTexts.entries()) {
    const tags = [hostileText(index, 60)];
    const entry = { title: `tape ${hostileText(index, 250)}`, type: 'incident', body: `tape ${text}`, tags };
    const { id } = await ask('POST', path, { ...entry, externalId: hostileText(index, 290) });
    if ([35, 36, 37].includes(index)) ids.push(id);
  }
  const inline = hostileTexts.filter((text) => !/<!|^```/.test(text));
  const body = [...inline, ...inline.map((text) => `- **${text}** \`${text}\``), `| a |\n|---|\n| ${inline[3]} |`];
  ids.push((await ask('POST', path, { title: 'all', type: 'problem', body: body.join('\n\n') }))['id']);
  return ids.flatMap((id) => [`/knowledge/entries/${String(id)}`, `/knowledge/entries/${String(id)}/edit`]);
}

async function seedPeople(): Promise<void> {
  for (let index = 0; index < 8; index += 1) {
    const [fullName, department] = [hostileText(index, 100), hostileText(index + 8, 100)];
    const username = `hostile-${index}`;
    await ask('POST', '/api/v1/users', {
      username,
      role: 'viewer',
      password: `${index} quiet violet yaks`,
      fullName,
      department,
    });
    await ask('POST', `/api/v1/users/${username}/keys`, { name: hostileText(index, 100), scopes: ['read'] });
    await ask('PUT', `/api/v1/roles/hostile-${index}`, {
      title: hostileText(index, 100),
      permissions: ['models:read'],
    });
  }
}

async function seedModels(): Promise<readonly string[]> {
  const { lora, checkpoint } = site.simulator.catalogue.known;
  await site.home.run(['models', 'get', `@${lora.versionId}`, '--json']);
  for (let index = 0; index < 4; index += 1) {
    const name = `s${index}`;
    const [text, other] = [hostileText(index * 3, 60), hostileText(index * 3 + 1, 60)];
    const query = { query: text, tag: [other], creator: text };
    await ask('PUT', `/api/v1/models/saved-searches/${name}`, { query });
    await ask('POST', '/api/v1/models/watches', {
      name: `w${index}`,
      search: name,
      timing: { kind: 'interval', everyMs: 86_400_000 },
    });
  }
  const options = { name: hostileText(3, 200) };
  const { id } = await ask('POST', '/api/v1/models/batches', {
    source: { refs: [`@${checkpoint.versionId}`, hostileText(4, 100)] },
    options,
  });
  return [`/models/downloads/${String(id)}`, '/models/search?source=catalogue', `/models/catalogue/${lora.modelId}`];
}

async function seedBackups(): Promise<void> {
  const folder = site.home.beside('<img src=x onerror=owned(50)>');
  await mkdir(folder);
  await ask('POST', '/api/v1/backups/jobs', {
    key: 'hostile',
    title: hostileText(3, 200),
    source: folder,
    site: hostileText(4, 63),
  });
}

/** Names and programs of those who never got in stand in the audit log. More tries would lock out ourselves. */
async function seedLogins(): Promise<void> {
  for (let index = 0; index < 3; index += 1) {
    await fetch(`${site.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': hostileTexts[index] ?? '' },
      body: JSON.stringify({ username: hostileTexts[index], password: hostileTexts[index + 1] }),
    });
  }
}

/** What no text of a page could be: elements and addresses that only an injection brings, and what ran or was stopped. */
async function planted(page: Page): Promise<readonly string[]> {
  const hits = await page.evaluate<readonly string[]>('hits');
  const elements = await page.locator('html').evaluate((html) => {
    const faults: string[] = [];
    for (const element of html.querySelectorAll('*')) {
      const what = element.outerHTML.slice(0, 120);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || name === 'srcdoc' || name === 'formaction') faults.push(`${name}: ${what}`);
        const leads = /^(?:xlink:)?href$|^src$|^action$|^data$/.test(name);
        if (leads && /^\W*(?:javascript|vbscript|data:text)/i.test(value)) faults.push(what);
      }
      if (/^(?:iframe|object|embed|base|template|math|video|frame)$/i.test(element.tagName)) faults.push(what);
      if (element.tagName === 'SCRIPT' && !(element.getAttribute('src') ?? '').startsWith('/assets/'))
        faults.push(what);
    }
    return faults;
  });
  return [...hits, ...elements];
}
