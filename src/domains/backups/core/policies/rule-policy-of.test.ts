import assert from 'node:assert/strict';
import { it } from 'node:test';

import { defaultPolicy } from '#engines/rule32110';

import { policyRulesSchema } from '../../contract/index.ts';
import { rulePolicyOf } from './rule-policy-of.ts';

function policyOf(rules: Parameters<typeof policyRulesSchema.parse>[0]) {
  return { key: 'x', title: 'x', dataClass: null, rules: policyRulesSchema.parse(rules), createdAt: '', updatedAt: '' };
}

it('is the usual rule where nothing else is said', () => {
  assert.deepEqual(rulePolicyOf(policyOf({}), defaultPolicy), defaultPolicy);
});

it('takes families that were named, and leaves the others as they are', () => {
  const { mediaFamilies } = rulePolicyOf(policyOf({ mediaFamilies: { usb: 'flash' } }), defaultPolicy);
  assert.deepEqual(mediaFamilies, { ...defaultPolicy.mediaFamilies, usb: 'flash' });
});
