import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { houseAuthority } from '#stand-ins/tls-house';

import { configuredNetwork } from './configured-network.ts';

const folder = mkdtempSync(join(tmpdir(), 'kura-network-'));
after(() => rmSync(folder, { recursive: true }));
const none = { addressFamily: 'any' } as const;
const direct = { ca: undefined, family: undefined, proxy: undefined };

describe('configuredNetwork', () => {
  it('connects directly where nothing is said', () => {
    assert.deepEqual(configuredNetwork(none, { HTTPS_PROXY: '' }), direct);
  });

  it('follows the variables other programs follow, lower case first, and never for this machine', () => {
    const environment = { HTTPS_PROXY: 'http://a.example:1', https_proxy: 'b.example:2', NO_PROXY: '.example.org' };
    assert.deepEqual(configuredNetwork(none, environment).proxy, {
      https: 'http://b.example:2',
      http: undefined,
      except: '.example.org,localhost,127.0.0.1,[::1]',
    });
  });

  it('prefers the setting, and “none” switches the variables off', () => {
    const environment = { HTTPS_PROXY: 'http://a.example:1' };
    const proxy = 'http://me:secret@house.example:3128';
    assert.deepEqual(configuredNetwork({ ...none, proxy, noProxy: 'nas' }, environment).proxy, {
      https: proxy,
      http: proxy,
      except: 'nas',
    });
    assert.equal(configuredNetwork({ ...none, proxy: 'none' }, environment).proxy, undefined);
  });

  it('refuses a variable that names no HTTP proxy instead of going around it', () => {
    assert.throws(() => configuredNetwork(none, { HTTPS_PROXY: 'socks5://127.0.0.1:1080' }), {
      code: 'outbound.proxy-unusable',
      params: { variable: 'HTTPS_PROXY' },
    });
  });

  it('reads authorities, and says when a file holds none', () => {
    const caFile = join(folder, 'house.pem');
    writeFileSync(caFile, houseAuthority);
    assert.equal(configuredNetwork({ ...none, caFile }, {}).ca, houseAuthority);
    writeFileSync(caFile, 'hello');
    assert.throws(() => configuredNetwork({ ...none, caFile }, {}), { code: 'outbound.ca-unreadable' });
    assert.throws(() => configuredNetwork({ ...none, caFile: join(folder, 'x') }, {}), /ENOENT/);
  });
});
