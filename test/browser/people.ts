/** People with accounts in a browser test: made on the server's machine, logged in as people do. */
import { writeFile } from 'node:fs/promises';

import type { BrowserContextOptions, Page } from 'playwright-core';

import type { Site } from './running-site.ts';
import type { WatchedPage } from './watched-page.ts';

export function passwordOf(name: string): string {
  return `quiet ${name} paints 9 barns`;
}

export async function addPerson(site: Site, name: string, role: string): Promise<void> {
  const file = site.home.beside(`password-of-${name}`);
  await writeFile(file, `${passwordOf(name)}\n`);
  await site.kura('users', 'create', name, '--role', role, '--password-file', file, '--json');
}

/** A browser of its own in which the person has logged in. */
export async function enterAs(site: Site, name: string, options?: BrowserContextOptions): Promise<WatchedPage> {
  const visitor = await site.visit(options);
  await visitor.open('/login');
  await logIn(visitor.page, name);
  await visitor.page.waitForURL(`${site.url}/`);
  return visitor;
}

/** On the login page, in either language. */
export async function logIn(page: Page, name: string): Promise<void> {
  await page.getByLabel(/^(?:User name|ユーザー名)$/).fill(name);
  await page.getByLabel(/^(?:Password|パスワード)$/).fill(passwordOf(name));
  await page.getByRole('button', { name: /^(?:Log in|ログイン)$/ }).click();
}
