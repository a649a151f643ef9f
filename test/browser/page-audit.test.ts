import assert from 'node:assert/strict';
import { it } from 'node:test';

import { chromium } from 'playwright-core';

import { findChromium } from './find-chromium.ts';
import { auditPage } from './page-audit.ts';

const sound =
  '<!doctype html><html lang="en"><title>x</title><body><main><h1>Fine</h1><button>Save</button></main></body></html>';

const planted = [
  { fault: /has no name: - button/, html: sound.replace('Save', '<svg></svg>') },
  { fault: /contrast 2\.\d+: "Fine"/, html: sound.replace('<h1>', '<h1 style="font-size:1rem;color:#aaa">') },
  {
    fault: /contrast [34]\.\d+: "Save"/,
    html: sound.replace('<button>', '<button style="background:#777;color:#fffc">'),
  },
  { fault: /px wider than the window/, html: sound.replace('<h1>', '<h1 style="width:400px">') },
  { fault: /ids used twice: a/, html: sound.replace('<button>', '<i id="a"></i><i id="a"></i><button>') },
  { fault: /0 headings of level 1/, html: sound.replaceAll('h1>', 'h2>') },
  { fault: /language is "de"/, html: sound.replace('"en"', '"de"') },
];

it('the audit finds each fault planted in a page, and none in a sound one', async () => {
  await using stack = new AsyncDisposableStack();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  stack.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
  await page.setContent(sound);
  assert.deepEqual(await auditPage(page), []);
  for (const { fault, html } of planted) {
    await page.setContent(html);
    assert.match((await auditPage(page)).join('\n'), fault);
  }
});
