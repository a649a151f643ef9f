import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { completeLock, missingEntries } from './complete-lock.ts';

const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'kura' },
    'node_modules/scan': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: {
        '@scan/cli-darwin-arm64': '2.0.0',
        '@scan/cli-linux-x64-musl': '2.0.0',
        here: '1',
        inside: '1',
      },
    },
    'node_modules/here': { version: '1.0.0' },
    'node_modules/scan/node_modules/inside': { version: '1.0.0' },
  },
});

describe('completeLock', () => {
  it('adds an entry for every optional package that npm left out, with the platform its name tells', () => {
    const { packages } = JSON.parse(completeLock(lock));
    assert.deepEqual(packages['node_modules/@scan/cli-darwin-arm64'], {
      version: '2.0.0',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['darwin'],
    });
    assert.deepEqual(packages['node_modules/@scan/cli-linux-x64-musl'].libc, ['musl']);
    assert.equal(packages['node_modules/here'].version, '1.0.0');
  });

  it('leaves a complete lock file as it is', () => {
    assert.equal(missingEntries(lock).length, 2);
    const complete = completeLock(lock);
    assert.deepEqual(missingEntries(complete), []);
    assert.equal(completeLock(complete), complete);
    assert.deepEqual(Object.keys(JSON.parse(complete).packages['node_modules/scan']), [
      'version',
      'dev',
      'optionalDependencies',
    ]);
  });
});
