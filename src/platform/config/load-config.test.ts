import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import { loadConfig, parseSetting } from './load-config.ts';
import { storedSecretPath } from './stored-secret.ts';

describe('loadConfig', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'kura-config-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('prefers command line over environment over settings over file over default, and says so', () => {
    writeFileSync(join(home, 'kura.yaml'), 'port: 1\nhost: 0.0.0.0\ndownloads:\n  connections: 7\n  parallel: 5\n');
    const loaded = loadConfig({
      home,
      environment: { KURA_PORT: '2', KURA_DOWNLOADS_CONNECTIONS: '3' },
      settings: { 'downloads.connections': 9, 'downloads.parallel': 6 },
      flags: { port: '4' },
    });
    assert.equal(loaded.config.port, 4);
    assert.equal(loaded.config.downloads.connections, 3);
    assert.equal(loaded.config.downloads.parallel, 6);
    assert.equal(loaded.config.host, '0.0.0.0');
    assert.deepEqual(
      ['port', 'downloads.connections', 'downloads.parallel', 'host', 'scan.workers'].map(
        (key) => loaded.explain(key)?.origin,
      ),
      ['command line', 'environment', 'settings', 'file', 'default'],
    );
    assert.equal(loaded.explain('downloads.connections')?.source, 'KURA_DOWNLOADS_CONNECTIONS');
  });

  it('lists every fault at once, with a suggestion for what was probably meant', () => {
    writeFileSync(join(home, 'kura.yaml'), 'prot: 1\nlog:\n  level: loud\n');
    assert.throws(
      () => loadConfig({ home, environment: { KURA_PORT: '70000', KURA_CIVITAI_TOKN: 'x' } }),
      (error: unknown) => {
        assert.ok(error instanceof KuraError);
        assert.equal(error.code, 'config.invalid');
        const list = String(error.params['list']);
        for (const part of ['did you mean port?', 'log.level', 'KURA_PORT', 'did you mean KURA_CIVITAI_TOKEN']) {
          assert.ok(list.includes(part), `${part} in ${list}`);
        }
        return true;
      },
    );
  });

  it('says what is wrong with a file that is not YAML', () => {
    writeFileSync(join(home, 'kura.yaml'), 'port: [1\n');
    assert.throws(() => loadConfig({ home, environment: {} }), /not valid YAML/);
  });

  it('reads secrets from files', () => {
    writeFileSync(join(home, 'token'), 'hunter2-hunter2\n');
    const loaded = loadConfig({ home, environment: { KURA_CIVITAI_TOKEN_FILE: join(home, 'token') } });
    assert.equal(loaded.config.civitai.token, 'hunter2-hunter2');
    assert.equal(loaded.explain('civitai.token')?.source, 'KURA_CIVITAI_TOKEN_FILE');
  });

  it('takes a stored secret when nothing else names one, and refuses it when others can read it', () => {
    const path = storedSecretPath(home, 'civitai.token');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'stored-secret\n', { mode: 0o600 });
    assert.equal(loadConfig({ home, environment: {} }).config.civitai.token, 'stored-secret');
    assert.equal(loadConfig({ home, environment: { KURA_CIVITAI_TOKEN: 'other' } }).config.civitai.token, 'other');
    chmodSync(path, 0o644);
    assert.throws(() => loadConfig({ home, environment: {} }), /others can read it/);
  });

  it('refuses to change at run time what needs a restart', () => {
    assert.equal(parseSetting('downloads.parallel', '3'), 3);
    assert.throws(() => parseSetting('port', 1), /config.not-changeable/);
    assert.throws(() => parseSetting('downloads.parallel', 0), /config.value-invalid/);
  });
});
