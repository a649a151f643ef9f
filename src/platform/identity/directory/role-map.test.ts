import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { comparableName } from './distinguished-name.ts';
import { mappedRole } from './role-map.ts';

const rules = [
  { group: 'cn=Admins, ou=Groups, dc=example, dc=org', role: 'admin' },
  { group: 'CN=Staff\\, all,OU=Groups,DC=example,DC=org', role: 'editor' },
];

function roleOf(dns: readonly string[], fallback?: string): string | undefined {
  const groups = dns.map((dn) => ({ dn, name: '', nested: false }));
  return mappedRole(groups, { rules, fallback });
}

describe('the role of somebody in groups', () => {
  it('is the first that fits, however the name is written', () => {
    assert.equal(roleOf(['CN=admins,OU=groups,DC=EXAMPLE,DC=org']), 'admin');
    assert.equal(roleOf(['cn=staff\\2C all,ou=groups,dc=example,dc=org']), 'editor');
    assert.equal(
      roleOf(['cn=staff\\, all,ou=groups,dc=example,dc=org', 'cn=admins,ou=groups,dc=example,dc=org']),
      'admin',
    );
  });

  it('is not that of a group of the same name elsewhere', () => {
    assert.equal(roleOf(['cn=admins,ou=mine,dc=example,dc=org']), undefined);
    assert.equal(roleOf(['cn=admins\\,ou=groups,dc=example,dc=org']), undefined);
    assert.equal(roleOf([], 'viewer'), 'viewer');
  });
});

describe('distinguished names', () => {
  it('are the same in letters or in bytes', () => {
    assert.equal(comparableName('cn=\\E5\\B1\\B1\\E7\\94\\B0,dc=x'), comparableName('CN=山田, DC=X'));
    assert.equal(comparableName('cn=a\\5C2C,dc=x'), comparableName('cn=a\\\\2C,dc=x'));
    assert.notEqual(comparableName('cn=a\\5C2C,dc=x'), comparableName('cn=a2C,dc=x'));
    assert.notEqual(comparableName('cn=a\\,b,dc=x'), comparableName('cn=a,cn=b,dc=x'));
    assert.notEqual(comparableName('cn=a\\\\,dc=x'), comparableName('cn=a\\,dc=x'));
  });
});
