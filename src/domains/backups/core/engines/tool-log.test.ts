import assert from 'node:assert/strict';
import { it } from 'node:test';

import { createToolLog } from './tool-log.ts';

it('the log of a tool holds no secrets, and only the end of what was said', () => {
  const log = createToolLog(['hunter2-passphrase', undefined]);
  log.add('opening with hunter2-passphrase at https://user:pa55word@host/path?token=abc');
  assert.equal(log.text(), 'opening with *** at https://user:***@host/path?token=***');
  for (let line = 0; line < 5000; line += 1) log.add(`line ${line}`);
  assert.ok(log.text().length <= 16 * 1024);
  assert.match(log.text(), /line 4999$/);
});
