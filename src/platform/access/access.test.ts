import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, property, subarray } from 'fast-check';

import { keyScopes, type Permission, permissions } from '#platform/contract';

import {
  type Authorized,
  addressBlock,
  addressList,
  adminCaller,
  builtInRoleNames,
  builtInRoles,
  mayGrant,
  ownAccount,
  requirePermission,
  withinScopes,
} from './index.ts';

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
    assert.deepEqual([...builtInRoles.auditor].toSorted(), [...ownAccount, 'audit:review', ...readable].toSorted());
  });

  it('let everybody look after their own account', () => {
    for (const name of builtInRoleNames) {
      for (const one of ownAccount) assert.ok(builtInRoles[name].has(one), `${name} ${one}`);
    }
  });
});

describe('withinScopes', () => {
  it('never allows what the owner may not, nor what makes further credentials', () => {
    const some = subarray([...permissions]);
    check(
      property(some, subarray([...keyScopes]), (owner, scopes) => {
        const allowed = withinScopes(new Set<Permission>(owner), scopes);
        for (const one of allowed) assert.ok(owner.includes(one), one);
        assert.ok(!allowed.has('account:self') && !allowed.has('account:factors') && !allowed.has('users:manage'));
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

describe('addressBlock', () => {
  it('is the address of IPv4 and the /64 of IPv6, however it is written', () => {
    for (const [address, block] of [
      ['192.0.2.7', '192.0.2.7'],
      ['::ffff:192.0.2.7', '192.0.2.7'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
      ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
      ['2001:db8::1', '2001:db8:0:0::/64'],
      ['::1', '0:0:0:0::/64'],
      ['fe80::1%eth0', 'fe80:0:0:0::/64'],
      ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
      ['unknown', 'unknown'],
    ] as const) {
      assert.equal(addressBlock(address), block, address);
    }
  });
});

describe('an authorized caller', () => {
  it('is one of whom this permission was asked; the compiler takes no other', () => {
    function manage(caller: Authorized<'users:manage'>): string {
      return caller.name;
    }
    assert.equal(manage(requirePermission('users:manage', adminCaller())), 'admin');
    // @ts-expect-error -- nobody asked
    manage(adminCaller());
    // @ts-expect-error -- something else was asked
    manage(requirePermission('account:self', adminCaller()));
  });
});
