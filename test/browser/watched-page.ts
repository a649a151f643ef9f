import assert from 'node:assert/strict';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { watchRequests } from './settled-page.ts';

export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** Goes to a path of the site and waits for the page's heading and for its data. */
  open(path: string): Promise<void>;
  /** Goes to a path of the site as a link of the page does, without loading everything anew, and waits as `open` does. */
  follow(path: string): Promise<void>;
  /** Until all data that was asked for is shown. */
  settle(): Promise<void>;
  /** Nothing went wrong so far that a person with open developer tools would see; `expected` are parts of messages. */
  assertQuiet(expected?: readonly string[]): void;
}

/** A page in its own browser context that writes down every error, failed answer and request to a foreign host. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  // Three browsers on two busy cores: what comes in eight seconds otherwise may take more than Playwright's thirty.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const settle = watchRequests(page);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) faults.push(`foreign: ${request.url()}`);
  });
  async function shown(): Promise<void> {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByRole('status', { name: /^(Loading|読み込み中)$/ })
      .first()
      .waitFor({ state: 'detached' });
    await settle();
  }
  return {
    page,
    settle,
    async open(path) {
      await page.goto(`${url}${path}`);
      await shown();
    },
    async follow(path) {
      await shown();
      const isElsewhere = new URL(path, page.url()).pathname !== new URL(page.url()).pathname;
      const before = await page.getByRole('heading', { level: 1 }).elementHandle();
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`);
      if (isElsewhere) await before?.waitForElementState('hidden');
      await shown();
    },
    assertQuiet(expected = []) {
      assert.deepEqual(
        faults.filter((fault) => !expected.some((part) => fault.includes(part))),
        [],
      );
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}
