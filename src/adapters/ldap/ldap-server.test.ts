import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ldapServer } from './ldap-server.ts';

describe('ldapServer', () => {
  it('protects every wire, but to this machine where that is allowed', () => {
    const told = (
      ['ldaps://dc1', 'ldap://dc1', 'ldap://127.0.0.1', 'ldap://[::1]:1389', 'ldap://localhost'] as const
    ).map((address) => [ldapServer(address, false), ldapServer(address, true)].map(({ protection }) => protection));
    assert.deepEqual(told, [
      ['ldaps', 'ldaps'],
      ['starttls', 'starttls'],
      ['starttls', 'none'],
      ['starttls', 'none'],
      ['starttls', 'starttls'],
    ]);
  });

  it('knows the usual ports', () => {
    assert.deepEqual([ldapServer('ldaps://a', false).port, ldapServer('ldap://a', false).port], [636, 389]);
    const { host, port } = ldapServer('ldaps://[fd00::7]:10636/', false);
    assert.deepEqual([host, port], ['fd00::7', 10636]);
  });

  it('takes nothing else for a server', () => {
    for (const address of [
      'dc1',
      'http://dc1',
      'ldap://',
      'ldaps://u:p@dc1',
      'ldaps://dc1/dc=x',
      'ldaps://dc1?x',
      '',
    ]) {
      assert.throws(() => ldapServer(address, true), { code: 'ldap.address' }, address);
    }
  });
});
