import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { languages } from '#kernel/messages';

import { modelscanMessages } from './messages/modelscan-messages.ts';
import { rules } from './rules.ts';
import { scanBytes } from './scan-file.ts';
import { maliciousPickle } from './testing/pickle-assembler.ts';
import { comparePage } from './testing/rule-list.ts';

describe('rules', () => {
  for (const language of languages) {
    it(`all have a sentence in ${language}, and no sentence is without a use`, () => {
      const keys = Object.keys(modelscanMessages[language]);
      for (const rule of Object.keys(rules)) assert.ok(keys.includes(`modelscan.${rule}`), rule);
      const others = keys.filter((key) => !Object.hasOwn(rules, key.slice('modelscan.'.length)));
      assert.ok(
        others.every((key) => /^modelscan\.(?:verdict\.|closed|fact-)/.test(key)),
        others.join(),
      );
    });

    it(`are all on the docs page in ${language} (node src/engines/modelscan/testing/rule-list.ts writes it)`, () => {
      const { present, wanted } = comparePage(language);
      assert.equal(present, wanted);
    });
  }

  it('say what, where, on what evidence, and where to read on', async () => {
    const [finding] = (await scanBytes(maliciousPickle(), { names: ['a.pkl'] })).findings;
    assert.deepEqual(finding, {
      rule: 'pickle-import-process',
      severity: 'dangerous',
      message: { key: 'modelscan.pickle-import-process', params: { evidence: 'os.system' } },
      location: { offset: 2 },
      evidence: 'os.system',
      reference: 'scan-rules.md#pickle-import-process',
    });
  });

  it('show control characters of hostile names instead of printing them', async () => {
    const report = await scanBytes(Buffer.from('c\x1b[2Jevil\u202e\nname\n.', 'utf8'), { names: ['a.pkl'] });
    assert.equal(report.imports[0]?.name, '\\u{1b}[2Jevil\\u{202e}.name');
  });
});
