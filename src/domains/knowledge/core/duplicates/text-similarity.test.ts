import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readQualityTexts } from '../../../../engines/lexis/testing/quality-set.ts';
import { leastSimilarity, pairsOf, similarity } from './text-similarity.ts';

/** Twice the same in other words. */
const sames: ReadonlyArray<readonly [string, string, string, string]> = [
  [
    'VPNに接続できない',
    'VPNに接続すると認証エラーになり、社外から社内システムを使えない。原因は機器の証明書の期限切れだった。',
    'ＶＰＮ接続エラー',
    '社外からVPNに接続すると認証エラーになる。調べると、機器の証明書が期限切れだったことが原因だった。',
  ],
  [
    'NASの転送が遅い',
    'NASの転送が遅くなった。スイッチを交換した後からで、MTUが9000のままだったため1500に戻して解決した。',
    'NASへの転送速度が落ちた',
    'スイッチ交換の後、NASへの転送速度が落ちた。MTUを1500に戻すと直った。',
  ],
  [
    'プリンターの紙詰まり',
    'プリンターで紙が詰まる。ローラーが汚れていたので清掃した。',
    '三階のプリンターで紙詰まり',
    '三階のプリンターの紙詰まり。給紙ローラーの汚れが原因で、清掃して解消。',
  ],
  [
    'アカウントがロックされる',
    'パスワードを五回間違えるとアカウントがロックされる。管理者が解除する。',
    'アカウントロックの解除',
    'パスワードを5回間違えるとロックされるので、管理者に解除を依頼する。',
  ],
  [
    'Mail queue stuck',
    'The mail queue was stuck because the disk was full. We deleted old logs and restarted the service.',
    'Mail was not delivered',
    'The mail queue was stuck as the disk was full. Deleting old logs and restarting the service helped.',
  ],
  [
    'データベースの応答が遅い',
    'データベースの応答が遅い。統計情報が古く、実行計画が悪くなっていた。統計を更新して改善した。',
    'DBの応答遅延',
    'DBの応答遅延。実行計画の悪化は統計情報が古いためで、更新したところ改善。',
  ],
  [
    '無線LANが切れる',
    '無線LANが会議室で切れる。チャンネルの干渉が原因で、5GHzに変更した。',
    '会議室の無線LAN',
    '会議室の無線LANが頻繁に切断される。干渉していたチャンネルを5GHzに変更して解決。',
  ],
  [
    'Backups fail with 0x80070005',
    'The service account lost its permission on the share. Granting it again solved it.',
    'Nightly backup 0x80070005',
    'The nightly backup fails. The service account had lost its permission on the share; granted again.',
  ],
];

function likeness([titleA, bodyA, titleB, bodyB]: (typeof sames)[number]): number {
  return similarity(pairsOf({ title: titleA, body: bodyA }), pairsOf({ title: titleB, body: bodyB }));
}

describe('the similarity of texts', () => {
  it('finds what was written twice in other words, seven times of eight', () => {
    const missed = sames.filter((pair) => likeness(pair) < leastSimilarity).map(([title]) => title);
    assert.ok(missed.length <= 1, missed.join(', '));
  });

  it('takes entries about different things for such in all but three of ten thousand pairs', () => {
    const texts = readQualityTexts().slice(0, 150).map(pairsOf);
    const pairs = texts.flatMap((one, index) => texts.slice(index + 1).map((other) => similarity(one, other)));
    const alike = pairs.filter((value) => value >= leastSimilarity);
    assert.ok(alike.length <= pairs.length * 0.0003, `${alike.length} of ${pairs.length}`);
  });

  it('is 1 for a text and itself, and 0 for texts that share nothing', () => {
    const text = pairsOf({ title: '題名です', body: '本文です。' });
    assert.equal(similarity(text, text), 1);
    assert.equal(similarity(text, pairsOf({ title: 'other words', body: 'nothing shared here' })), 0);
  });
});
