import assert from 'node:assert/strict';
import { it } from 'node:test';

import { jobKeySchema } from '../../contract/index.ts';
import { jobKeyOf } from './job-key-of.ts';

it('makes a key of any name', () => {
  const rules = { fallback: 'veeam', taken: ['veeam', 'crm', 'crm-2'] };
  const keys = ['Nightly SQL (Hyper-V)', '夜間バックアップ', 'ＣＲＭ', '..._', '-a-', 'x'.repeat(80)].map((name) =>
    jobKeyOf(name, rules),
  );
  assert.deepEqual(keys, ['nightly-sql-hyper-v', 'veeam-2', 'crm-3', 'veeam-2', 'a', 'x'.repeat(56)]);
  for (const key of keys) assert.ok(jobKeySchema.safeParse(key).success, key);
});
