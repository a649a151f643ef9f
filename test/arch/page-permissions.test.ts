import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { builtInRoles } from '#platform/access';

import { mayOpen, permissionOf } from '../../web/src/shell/page-permissions.ts';

describe('the permission of a page', () => {
  it('is known for every page but those that everybody has', async () => {
    const source = await readFile(new URL('../../web/src/shell/router.tsx', import.meta.url), 'utf8');
    const paths = [...source.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '');
    assert.ok(paths.length > 25, 'the router was read');
    const free = paths.filter((path) => permissionOf(path) === undefined);
    for (const path of free) assert.match(path, /^\/(?:login|account.*|device.*)?$/, `${path} needs a permission`);
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
