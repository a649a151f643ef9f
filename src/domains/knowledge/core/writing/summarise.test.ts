import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { summarise } from './summarise.ts';

const entry = { title: 'VPN の障害', type: 'incident', status: 'draft', severity: null, tags: ['VPN'] } as const;

describe('the summary of a text', () => {
  it('takes sentences of its sections, each with where it stands, and says nothing else', () => {
    const body =
      '## 症状\n\n- **VPN** に[接続](https://vpn.example.com)できない。再起動でも直らない。\n\n## 影響\n\n_誰が、何を、どのくらいの間できなかったか_\n\n## 原因\n\n```\nreboot now.\n```\n証明書の期限切れ (TLS-12)。\n';
    const { from, lines, plain, technical } = summarise({ ...entry, body });
    assert.equal(from, 'sections');
    assert.deepEqual(
      lines.map(({ heading, text }) => [heading, text]),
      [
        ['症状', 'VPN に接続できない。'],
        ['原因', '証明書の期限切れ (TLS-12)。'],
      ],
    );
    for (const { start, text } of lines) assert.ok(body.slice(start).split('\n')[0]?.includes(text.slice(-4)));
    assert.deepEqual([plain.severity, plain.status, plain.lines.length], [null, 'draft', 1]);
    assert.deepEqual([technical.lines[0]?.heading, technical.codes], ['原因', ['TLS-12']]);
  });

  it('is what its author wrote as one, or else begins where the text begins', () => {
    const body = 'One thing. Another!\n\n| a | b |\n|---|---|\n\n## Summary\n\nIt is solved.\n';
    assert.deepEqual(
      summarise({ ...entry, body }).lines.map(({ text }) => text),
      ['It is solved.'],
    );
    const { from, lines } = summarise({ ...entry, body: 'One thing. Another!\n\n---\n\nA third.\nA fourth.' });
    assert.deepEqual([from, lines.map(({ text }) => text)], ['beginning', ['One thing.', 'Another!', 'A third.']]);
  });

  it('is short of any text, and soon', () => {
    const [line] = summarise({ ...entry, body: '😀字'.repeat(300) }).lines;
    assert.ok(line?.isCut === true && Array.from(line.text).length === 100 && line.text.isWellFormed());
    for (const piece of ['[', '![', '*', '[a](', '> ', '`', '- [ ] ', '。', '. ']) {
      const before = process.cpuUsage().user;
      summarise({ ...entry, body: piece.repeat(200_000 / piece.length) });
      assert.ok(process.cpuUsage().user - before < 2_000_000, piece);
    }
  });
});
