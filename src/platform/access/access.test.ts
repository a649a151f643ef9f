import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, property, subarray } from 'fast-check';

import { keyScopes, type Permission, permissions } from '#platform/contract';

import { addressList, builtInRoleNames, builtInRoles, mayGrant, withinScopes } from './index.ts';

describe('the five roles', () => {
  it('grow from viewer over editor to operator, and only admin may do everything', () => {
    const { viewer, editor, operator, auditor, admin } = builtInRoles;
    assert.ok(mayGrant(editor, viewer) && !mayGrant(viewer, editor));
    assert.ok(mayGrant(operator, editor) && !mayGrant(editor, operator));
    assert.deepEqual([...admin].toSorted(), [...permissions].toSorted());
    for (const role of [viewer, editor, operator, auditor]) assert.ok(!mayGrant(role, admin));
  });

  it('let the auditor read everything, and judge what the audit log detected', () => {
    const readable = permissions.filter((one) => one.endsWith(':read'));
    assert.deepEqual([...builtInRoles.auditor].toSorted(), ['account:self', 'audit:review', ...readable].toSorted());
  });

  it('let everybody look after their own account', () => {
    for (const name of builtInRoleNames) assert.ok(builtInRoles[name].has('account:self'), name);
  });
});

describe('withinScopes', () => {
  it('never allows what the owner may not, nor what makes further credentials', () => {
    const some = subarray([...permissions]);
    check(
      property(some, subarray([...keyScopes]), (owner, scopes) => {
        const allowed = withinScopes(new Set<Permission>(owner), scopes);
        for (const one of allowed) assert.ok(owner.includes(one), one);
        assert.ok(!allowed.has('account:self') && !allowed.has('users:manage'));
      }),
    );
  });

  it('reads with `read`, and nothing about people', () => {
    const allowed = withinScopes(builtInRoles.admin, ['read']);
    assert.deepEqual([...allowed].toSorted(), ['backups:read', 'knowledge:read', 'models:read', 'system:read']);
  });
});

describe('addressList', () => {
  it('knows addresses and networks of both families, mapped ones too', () => {
    const list = addressList(['192.0.2.7', '10.0.0.0/8', '2001:db8::/32']);
    for (const inside of ['192.0.2.7', '10.255.0.1', '::ffff:10.1.2.3', '2001:db8::1']) assert.ok(list.has(inside));
    for (const outside of ['192.0.2.8', '11.0.0.1', '2001:db9::1', '', 'localhost', '10.0.0.1, 1.1.1.1']) {
      assert.ok(!list.has(outside), outside);
    }
  });
});
