import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createIdSource } from './ids.ts';

describe('createIdSource', () => {
  it('makes UUIDv7 ids that sort by the time they were made', () => {
    let now = Date.UTC(2026, 0, 1);
    const ids = createIdSource(
      { now: () => now, monotonic: () => 0 },
      { bytes: (count) => new Uint8Array(count).fill(0xff), fraction: () => 0 },
    );
    const first = ids.next();
    now += 1;
    const second = ids.next();
    assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.ok(first < second);
    assert.equal(Number.parseInt(first.replace('-', '').slice(0, 12), 16), Date.UTC(2026, 0, 1));
  });
});
