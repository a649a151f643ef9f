import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isOwnServer } from './own-server.ts';

const own = { host: '192.168.1.5', access: { publicUrl: 'https://kura.example.org/' } };

describe('the server of this data directory', () => {
  it('is on this machine, listens where it is configured to, or is opened as configured', () => {
    for (const url of [
      'http://127.0.0.1:8888',
      'http://localhost:1',
      'http://[::1]:8888',
      'http://192.168.1.5:8888',
      'https://kura.example.org',
    ]) {
      assert.ok(isOwnServer(new URL(url), own), url);
    }
  });

  it('is no other one: a name that begins alike, another port of the public one, no TLS', () => {
    for (const url of [
      'https://evil.example',
      'https://localhost.evil.example',
      'https://127.0.0.1.evil.example',
      'http://kura.example.org',
      'https://kura.example.org:444',
      'http://192.168.1.50:8888',
    ]) {
      assert.ok(!isOwnServer(new URL(url), own), url);
    }
  });
});
