import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { bundleText, readBundleText } from './bundle-files.ts';

describe('a bundle as one file', () => {
  it('keeps rows with any letter, line and paragraph separators among them', () => {
    const row = JSON.stringify({ id: 'one', name: 'a\u2028b\u2029c\u0085d\r\n' });
    const lines = { downloads: [row], library_files: [], search_runs: [row] };
    const manifest = { format: 'kura-history' };
    assert.deepEqual(readBundleText(bundleText({ manifest, lines })), { manifest, lines });
  });
});
