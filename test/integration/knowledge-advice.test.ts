/** Advice while somebody writes: types that learn from what was saved, tags, on both databases. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type EntryType, newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

const typical: ReadonlyArray<readonly [EntryType, string, string]> = [
  ['incident', 'メールサーバー障害', '朝からメールを送受信できない。ディスクが一杯で停止していた。再起動で復旧した。'],
  ['incident', 'VPN接続エラー', '社外から接続すると認証エラーになる。'],
  ['incident', 'File server down', 'Nobody could open shares since nine; the controller had crashed.'],
  ['problem', 'バッチ遅延の根本原因', '月初に繰り返し遅れる。統計情報が古いことが真因。恒久対策は自動更新。'],
  ['problem', 'たびたび切れる無線LAN', '同じ階で再発する。傾向を分析し、原因調査を続ける。'],
  ['problem', 'Root cause of recurring disk alerts', 'The alerts recur monthly; a permanent fix needs larger volumes.'],
  ['change', 'ファイアウォールの設定変更', '新しい経路を追加する。切り戻しは旧設定の読み込み。作業計画は別紙。'],
  ['change', 'データベースサーバーの移行', '新サーバーへ切り替える。失敗時はロールバックする。'],
  [
    'change',
    'Migration to the new storage',
    'Volumes are migrated at night within the maintenance window; rollback by remount.',
  ],
  ['release', '勤怠システム 3.2 リリース', '新機能を本番展開する。リリースノートを参照。'],
  ['release', 'ポータルのデプロイ手順', 'バージョン 2.1 をデプロイし、画面を確認する。'],
  ['release', 'Release 5.0 of the booking app', 'Deployed on Sunday; the rollout takes two hours.'],
  ['request', '共有フォルダーの権限申請', '上長の承認を得て、権限付与を依頼する。'],
  ['request', 'ノートPCの貸出', '申し込みの後、承認されれば発行する。'],
  ['request', 'Request for a new account', 'The manager gives approval, then access is granted.'],
];

forEachDatabase((databases) => {
  describe('advice on a text', () => {
    it('names the type of typical texts before anybody has taught it, with its reasons', async () => {
      await using open = await openKnowledge(await databases.freshUrl());
      const wrong: string[] = [];
      for (const [type, title, body] of typical) {
        const { types } = await open.knowledge.advise(everyReader, { title, body, tags: [] });
        if (types[0]?.type !== type) wrong.push(`${title}: ${types[0]?.type}`);
        else assert.ok((types[0].because.length ?? 0) > 0, title);
      }
      assert.ok(wrong.length <= 1, wrong.join('\n'));
    });

    it('takes a negated word for nothing, and is not sure of a text that says nothing', async () => {
      await using open = await openKnowledge(await databases.freshUrl());
      const text = { title: '会議室の案内', body: '障害なし。変更なし。', tags: [] };
      const { types, isSure } = await open.knowledge.advise(everyReader, text);
      assert.equal(isSure, false);
      assert.ok(types.every(({ because }) => !because.includes('障害') && !because.includes('変更')));
    });

    it('learns types and tags from what was saved, and never from what the reader may not see', async () => {
      await using open = await openKnowledge(await databases.freshUrl());
      for (let n = 0; n < 12; n += 1) {
        const saved = { type: n % 2 === 0 ? 'request' : 'other', tags: n % 2 === 0 ? ['座席'] : ['食堂'] };
        const body =
          n % 2 === 0 ? `座席表の更新 ${n} 番。島の配置を書き換える。` : `食堂の献立 ${n} 番。日替わり定食を選ぶ。`;
        await open.knowledge.create(
          testActor,
          newEntrySchema.parse({ ...saved, title: body.slice(0, 8), body, visibility: 'confidential' }),
        );
      }
      const text = { title: '座席表', body: '島の配置が変わったので座席表を書き換える。', tags: [] };
      const learned = await open.knowledge.advise(everyReader, text);
      assert.equal(learned.types[0]?.type, 'request');
      assert.deepEqual(learned.tags, ['座席']);
      const viewer = { name: 'vera', permissions: new Set(['knowledge:read', 'knowledge:write'] as const) };
      assert.deepEqual((await open.knowledge.advise(viewer, text)).tags, []);
    });
  });
});
