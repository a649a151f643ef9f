import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { PolicyAction, ScanVerdict } from '../../contract/index.ts';
import { defaultScanPolicy, isAdmitted, readScanPolicy, ruleOn, type ScanPolicy } from './scan-policy.ts';

function policyWith(rules: string, formats = ''): ScanPolicy {
  return readScanPolicy({ ...defaultScanPolicy.verdicts, rules, formats });
}

function judged(verdict: ScanVerdict, found: ReadonlyArray<[rule: string, severity: ScanVerdict]>, format = 'pickle') {
  return { verdict, format, findings: found.map(([rule, severity]) => ({ rule, severity })) };
}

describe('the scan policy', () => {
  it('names finds of a virus scanner in exceptions, dots and all', () => {
    const rules = 'clamav.Win.Test.EICAR_HDB-1=ask, torch-script = pass';
    const policy = policyWith(rules);
    const find = judged('dangerous', [['clamav.Win.Test.EICAR_HDB-1', 'dangerous']]);
    assert.equal(ruleOn(policy, find).action, 'ask');
    assert.equal(ruleOn(policy, judged('dangerous', [['clamav.Other', 'dangerous']])).action, 'block');
  });

  const table: ReadonlyArray<[ScanVerdict, PolicyAction]> = [
    ['dangerous', 'block'],
    ['invalid', 'block'],
    ['suspicious', 'ask'],
    ['unscanned', 'ask'],
    ['clean', 'pass'],
  ];
  for (const [verdict, action] of table) {
    it(`by itself: ${verdict} leads to ${action}`, () => {
      assert.deepEqual(ruleOn(defaultScanPolicy, judged(verdict, [])), { action, rules: [] });
    });
  }

  it('follows the strictest finding, and names those that do not pass, once each', () => {
    const found = judged('invalid', [
      ['torch-script', 'suspicious'],
      ['pickle-broken', 'invalid'],
      ['torch-script', 'suspicious'],
    ]);
    assert.deepEqual(ruleOn(defaultScanPolicy, found), { action: 'block', rules: ['torch-script', 'pickle-broken'] });
  });

  it('an exception for a rule counts for its findings, and leaves the others alone', () => {
    const policy = policyWith('torch-script=pass, pickle-import-unknown=block');
    assert.equal(ruleOn(policy, judged('suspicious', [['torch-script', 'suspicious']])).action, 'pass');
    assert.equal(ruleOn(policy, judged('suspicious', [['pickle-import-unknown', 'suspicious']])).action, 'block');
    const both = judged('dangerous', [
      ['torch-script', 'suspicious'],
      ['pickle-import-process', 'dangerous'],
    ]);
    assert.deepEqual(ruleOn(policy, both), { action: 'block', rules: ['pickle-import-process'] });
  });

  it('an exception for a format makes everything of it stricter, and milder only what is not dangerous', () => {
    assert.equal(ruleOn(policyWith('', 'pickle=block'), judged('clean', [])).action, 'block');
    assert.equal(ruleOn(policyWith('', 'onnx=block'), judged('clean', [])).action, 'pass');
    const lenient = policyWith('', 'pickle=pass');
    assert.equal(ruleOn(lenient, judged('suspicious', [['torch-script', 'suspicious']])).action, 'pass');
    assert.equal(ruleOn(lenient, judged('dangerous', [['pickle-import-process', 'dangerous']])).action, 'block');
    const strictFormat = policyWith('torch-script=pass', 'pickle=ask');
    assert.equal(ruleOn(strictFormat, judged('suspicious', [['torch-script', 'suspicious']])).action, 'ask');
  });

  it('an exception of a typing error changes nothing', () => {
    assert.deepEqual(policyWith('torch-script=maybe, =pass').rules.get('torch-script'), undefined);
  });

  const taken: ReadonlyArray<[PolicyAction, boolean, string | null, boolean]> = [
    ['pass', false, null, true],
    ['ask', false, null, false],
    ['ask', true, null, true],
    ['ask', false, 'a reason without a yes', false],
    ['block', true, null, false],
    ['block', false, 'a reason without a yes', false],
    ['block', true, 'made by ourselves', true],
  ];
  for (const [action, acceptRisk, riskReason, expected] of taken) {
    it(`${action}, ${acceptRisk ? 'yes' : 'no yes'}, ${riskReason ?? 'no reason'}: ${expected ? 'in' : 'out'}`, () => {
      assert.equal(isAdmitted({ action, rules: [] }, { acceptRisk, riskReason }), expected);
    });
  }
});
