/** A real server on a fresh data directory, the CivitAI simulator behind it, and a browser in front. */
import { type BrowserContextOptions, chromium } from 'playwright-core';

import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { serveStarted, succeeded } from '../system/harness/answers.ts';
import { createHome, type KuraHome } from '../system/harness/kura-home.ts';
import { type KuraResult, describe as told } from '../system/harness/kura-process.ts';
import { findChromium } from './find-chromium.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

export interface Site extends AsyncDisposable {
  readonly url: string;
  readonly home: KuraHome;
  readonly simulator: CivitaiSimulator;
  /** Runs a command on the server's data directory and expects it to succeed. */
  kura(...args: readonly string[]): Promise<KuraResult>;
  /** A new one-time link. */
  loginLink(): Promise<string>;
  /** A page in a browser of its own that nobody is logged in with. */
  visit(options?: BrowserContextOptions): Promise<WatchedPage>;
  /** A page of somebody who is logged in, at `path`. */
  enter(path: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** `settings` are environment variables of the server and of all commands; `port` for sites that others must know. */
export async function startSite(settings: Readonly<Record<string, string>> = {}, port = 0): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const simulator = stack.use(await startCivitaiSimulator());
  const home = stack.use(await createHome({ KURA_CIVITAI_URL: simulator.url, ...settings }));
  const server = stack.use(home.start(['serve', '--port', String(port), '--json']));
  const line = await server.line((text) => text.includes('"started"'));
  if (line === undefined) throw new Error(told(await server.result));
  const { url } = serveStarted.parse(JSON.parse(line));
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  stack.defer(() => browser.close());

  async function kura(...args: readonly string[]): Promise<KuraResult> {
    return succeeded(await home.run(args));
  }
  async function loginLink(): Promise<string> {
    const { stdout } = await kura('login-link', '--base-url', url, '--json');
    const { loginLink: link } = JSON.parse(stdout) as { readonly loginLink: string };
    return link;
  }
  async function visit(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    return openPage(browser, url, options);
  }
  const owned = stack.move();
  return {
    url,
    home,
    simulator,
    kura,
    loginLink,
    visit,
    async enter(path, options) {
      const visitor = await visit(options);
      await visitor.page.goto(await loginLink());
      await visitor.page.waitForURL(`${url}/`);
      await visitor.follow(path);
      return visitor;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
