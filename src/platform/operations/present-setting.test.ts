import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadConfig } from '#platform/config';

import { settingOf } from './present-setting.ts';

it('a secret never leaves, an unset one is null, a fixed one cannot be changed', () => {
  const environment = { KURA_CIVITAI_TOKEN: 'hunter2-hunter2', KURA_DOWNLOADS_PARALLEL: '3' };
  const loaded = loadConfig({ home: '/nowhere', environment });
  const shown = Object.fromEntries(loaded.all.map((one) => [one.key, settingOf(one, 'ja')]));
  assert.equal(shown['civitai.token']?.value, '***');
  assert.equal(shown['admin.token']?.value, null);
  assert.equal(shown['downloads.parallel']?.changeable, false);
  assert.equal(shown['downloads.connections']?.changeable, true);
  assert.equal(shown['port']?.changeable, false);
});
