/**
 * `node tools/screenshot.ts DIR`: the pictures of the README, taken in headless Chromium from a real server on the data that
 * `npm run demo -- --home DIR` left in DIR. Paths are in the picture, so DIR is best one that could be anybody's.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { chromium } from 'playwright-core';

const root = path.dirname(import.meta.dirname);
const home = process.argv[2] ?? path.join(root, '.kura/demo');
const folder = path.join(root, 'docs/images');
const pages = [
  { name: 'library', address: '/models/library' },
  { name: 'protection', address: '/backups/protection' },
] as const;

const server = spawn(path.join(root, 'bin/kura'), ['serve', '--port', '0', '--json', '--home', home], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const { url, loginLink } = await started();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  await page.goto(loginLink);
  await page.waitForURL((address) => !address.pathname.startsWith('/login'));
  await mkdir(folder, { recursive: true });
  for (const { name, address } of pages) {
    await page.goto(`${url}${address}`, { waitUntil: 'load' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(1000);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function started(): Promise<{ url: string; loginLink: string }> {
  for await (const line of createInterface({ input: server.stdout })) {
    return JSON.parse(line) as { url: string; loginLink: string };
  }
  throw new Error('the server ended before it said where it listens');
}
