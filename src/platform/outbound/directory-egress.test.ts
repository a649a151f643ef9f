import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createDirectoryEgress } from './directory-egress.ts';

describe('createDirectoryEgress', () => {
  const egress = createDirectoryEgress(['dc1.example.org', 'localhost']);

  it('lets directories stand in private networks', () => {
    for (const address of ['10.0.0.5', '192.168.1.2', 'fd00::7', '203.0.113.9', '2001:db8::1', '::ffff:10.0.0.5']) {
      egress.checkAddress(address, 'dc1.example.org');
    }
  });

  it('refuses addresses where no directory can be, whatever a name resolves to', () => {
    for (const address of [
      '169.254.169.254',
      '0.0.0.0',
      '224.0.0.1',
      'fe80::1',
      'ff02::1',
      '::',
      '::ffff:169.254.169.254',
    ]) {
      assert.throws(() => egress.checkAddress(address, 'dc1.example.org'), { code: 'outbound.refused' }, address);
    }
  });

  it('reaches this machine only where the configuration names it', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      assert.throws(() => egress.checkAddress(address, 'dc1.example.org'), { code: 'outbound.refused' }, address);
      egress.checkAddress(address, 'localhost');
    }
  });
});
