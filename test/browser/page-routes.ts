/** The pages of the web UI as its router lists them, so that a test that says "every page" means it. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const shell = fileURLToPath(new URL('../../web/src/shell/', import.meta.url));
/** What a page is before anybody has logged in; others are looked at by those who have. */
const beforeLogin = /^\/login(?:\/|$)/;

/** Their paths, a parameter as `$name`, without those of the login. */
export async function pageRoutes(): Promise<readonly string[]> {
  let source = '';
  for await (const file of glob('{router,*-routes,*-pages}.ts{,x}', { cwd: shell })) {
    source += await readFile(path.join(shell, file), 'utf8');
  }
  const routes = [...source.matchAll(/path: '([^']+)'/g)].map(([, route]) => route ?? '');
  if (routes.length < 60) throw new Error(`the router is not read as it is written: ${routes.length} pages`);
  return routes.filter((route) => !beforeLogin.test(route));
}

/** The routes that none of these addresses leads to. A path without parameters comes before one that fits as well. */
export function routesWithout(addresses: readonly string[], routes: readonly string[]): readonly string[] {
  const paths = addresses.map((address) => address.replace(/[?#].*$/, ''));
  const plain = new Set(routes.filter((route) => !route.includes('$')));
  const others = paths.filter((one) => !plain.has(one));
  return routes.filter((route) => {
    if (plain.has(route)) return !paths.includes(route);
    const parts = route.split('/');
    return !others.some((one) => {
      const own = one.split('/');
      return own.length === parts.length && parts.every((part, index) => part.startsWith('$') || part === own[index]);
    });
  });
}
