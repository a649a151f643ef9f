import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

import { builtInRoles } from '#platform/access';
import type { RouteContract } from '#platform/contract';

import { mayOpen, permissionOf } from '../../web/src/shell/page-permissions.ts';
import { allContracts, isRoute } from './all-contracts.ts';

describe('the permission of a page', () => {
  it('is known for every page but those that everybody has', async () => {
    let source = '';
    const shell = new URL('../../web/src/shell/', import.meta.url).pathname;
    for await (const file of glob('{router,*-routes,*-pages}.ts{,x}', { cwd: shell })) {
      source += await readFile(path.join(shell, file), 'utf8');
    }
    const paths = [...source.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '');
    assert.ok(paths.length > 25, 'the router was read');
    const free = paths.filter((path) => permissionOf(path) === undefined);
    for (const path of free)
      assert.match(path, /^\/(?:login(?:\/oidc)?|account|device)?$/, `${path} needs a permission`);
  });

  it('keeps whoever only reads out of pages that only write', () => {
    const viewer = [...builtInRoles.viewer];
    assert.equal(mayOpen('/knowledge/entries/7', viewer), true);
    assert.equal(mayOpen('/knowledge/entries/7/edit', viewer), false);
    assert.equal(mayOpen('/models/downloads/new', viewer), false);
    assert.equal(mayOpen('/models/downloads/7', viewer), true);
    assert.equal(mayOpen('/operations/users/7', viewer), false);
    assert.equal(mayOpen('/operations/users', [...builtInRoles.auditor]), true);
    assert.equal(mayOpen('/', []), true);
  });
});

/** Under the names by which pages import them. */
const contracts = await allContracts();

/**
 * A page that changes something asks whether the person may: in the same file, or in a file beside or above it that
 * shows this one. What everybody with an account may, and what the page itself takes, needs no question.
 */
function unasked(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([file, source]) => {
    const changes = [...source.matchAll(/useRouteMutation\(\s*(\w+)/g)].map(([, name]) => name ?? '');
    return changes.filter((name) => !isAsked(name, file, files)).map((name) => `${file}: ${name}`);
  });
}

function isAsked(name: string, file: string, files: ReadonlyMap<string, string>): boolean {
  const routes = contracts.flatMap(([exported, value]) => (exported === name && isRoute(value) ? [value] : []));
  assert.ok(routes.length > 0, `${name} in ${file} is a route`);
  return routes.every(({ access }) => isAskedFor(access, file, files));
}

function isAskedFor(access: RouteContract['access'], file: string, files: ReadonlyMap<string, string>): boolean {
  if (typeof access === 'object') return true;
  if (access.startsWith('account:') || access.endsWith(':read')) return true;
  return [...files].some(
    ([other, source]) => file.startsWith(path.dirname(other)) && source.includes(`useMay('${access}')`),
  );
}

describe('a control', () => {
  it('that changes something is shown only to who may; one that is not would be found', async () => {
    const files = new Map<string, string>();
    const web = path.resolve(import.meta.dirname, '../../web/src/domains');
    for await (const file of glob('**/*.tsx', { cwd: web })) {
      files.set(file, await readFile(path.join(web, file), 'utf8'));
    }
    // The session says whether it is the owner of the machine who is asked to make the first account.
    assert.ok(files.get('account/account-page.tsx')?.includes('firstAccountMissing === true && <FirstAccountForm'));
    files.delete('account/first-account-form.tsx');
    files.set('planted/button.tsx', 'const run = useRouteMutation(verifyLibrary);');
    assert.deepEqual(unasked(files), ['planted/button.tsx: verifyLibrary']);
  });
});
