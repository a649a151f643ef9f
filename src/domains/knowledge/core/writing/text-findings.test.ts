import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { findFacts, findSecrets, findSections } from './text-findings.ts';

describe('the sections of a text', () => {
  it('are there, empty, mentioned or missing', () => {
    const hint = '誰が、何を、どのくらいの間できなかったか';
    const body = `## 症状\n\n繋がらない。\n\n## 影響\n\n_${hint}_\n\n## 記録\n\n原因は不明。`;
    assert.deepEqual(
      findSections(body, 'incident', 'ja').map(({ heading, state }) => [heading, state]),
      [
        ['症状', 'there'],
        ['影響', 'empty'],
        ['対応', 'missing'],
        ['原因', 'mentioned'],
        ['再発防止', 'missing'],
      ],
    );
  });

  it('are none where a heading stands in a block of code', () => {
    const body = '## 対応\n\n```sh\n# 症状\nreboot\n```\n';
    const states = new Map(findSections(body, 'incident', 'ja').map(({ heading, state }) => [heading, state]));
    assert.deepEqual([states.get('症状'), states.get('対応')], ['mentioned', 'there']);
  });

  it('are there whatever the lines end with', () => {
    const [first] = findSections('## 症状\r\n\r\n繋がらない。\r\n', 'incident', 'ja');
    assert.equal(first?.state, 'there');
  });
});

describe('secrets in a text', () => {
  it('are named by line and kind, and words about them are none', () => {
    const text = [
      'パスワードは総務に聞く。',
      'パスワード: hunter2hunter',
      ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' '),
      'password: (see the vault)',
      ['key ', 'AKIA', 'IOSFODNN7EXAMPLE'].join(''),
    ];
    assert.deepEqual(findSecrets(text.join('\n')), [
      { line: 2, kind: 'password' },
      { line: 3, kind: 'private-key' },
      { line: 5, kind: 'token' },
    ]);
  });

  it('are looked for in any text in a time that grows with its length', () => {
    for (const piece of ['-eyJ', 'password:', 'password = ']) {
      const before = process.cpuUsage().user;
      assert.deepEqual(findSecrets(piece.repeat(200_000 / piece.length)), [], piece);
      assert.ok(process.cpuUsage().user - before < 5_000_000, piece);
    }
  });
});

describe('facts in a text', () => {
  it('are its days, addresses and codes, each once', () => {
    const text =
      '2026-11-22 10:15 に 192.0.2.7 (mail.example.com) で 0x80070005、ORA-01017。2026年11月22日も 192.0.2.7。';
    assert.deepEqual(findFacts(text), {
      dates: ['2026-11-22 10:15', '2026年11月22日'],
      addresses: ['192.0.2.7', 'mail.example.com'],
      codes: ['0x80070005', 'ORA-01017'],
    });
  });
});
