/** Advice while somebody writes: types that learn from what was saved, tags, on both databases; and that none of it takes a network. */
import assert from 'node:assert/strict';
import dns from 'node:dns';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { type EntryType, newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, everyWriter, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

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

it('all that matters works with every connection refused and without a key', async (t) => {
  const tried: string[] = [];
  function refuse(what: string) {
    return () => {
      tried.push(what);
      throw new Error('there is no network');
    };
  }
  t.mock.method(Socket.prototype, 'connect', refuse('connect'));
  t.mock.method(dns, 'lookup', refuse('lookup'));
  const folder = await mkdtemp(path.join(tmpdir(), 'kura-offline-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await using open = await openKnowledge(`sqlite:${path.join(folder, 'kura.sqlite')}`);
  const { knowledge } = open;
  const reader = everyReader;
  const title = '共有フォルダーが開けない障害';
  const body = '朝から共有フォルダーが開けない。原因は認証サーバーの停止。認証サービスを再起動して復旧した。';
  const said = { type: 'incident', title, body, tags: ['ネットワーク'] } as const;
  // Numbers are those of the spec's list of what matters most.
  const { id, version } = await knowledge.create(testActor, newEntrySchema.parse(said)); // 2
  for (const q of ['障害', '認証 サーバ', 'title:共有'])
    assert.equal((await knowledge.search(reader, { q, limit: 5 })).total, 1, q); // 1
  assert.equal((await knowledge.summary(reader, id)).lines.length > 0, true); // 3
  const edited = await knowledge.update(everyWriter, id, {
    ...said,
    tags: [...said.tags],
    version,
    status: 'published',
    body: `${body}再発防止を検討中。`,
  }); // 4
  assert.equal((await knowledge.versions(reader, id)).length, 2);
  const answer = await knowledge.ask(reader, { q: '共有フォルダーが開けないときは？', limit: 3 }); // 7
  assert.equal(answer.passages[0]?.entry.id, id);
  assert.equal(await knowledge.answerWriter(), undefined);
  assert.equal((await knowledge.duplicates(reader, { title, body }))[0]?.id, id); // 8
  const advice = await knowledge.advise(reader, {
    title: 'VPN 障害',
    body: '接続できない。再起動で復旧した。',
    tags: [],
  }); // 9, 15
  assert.equal(advice.types[0]?.type, 'incident');
  assert.ok((await knowledge.faqCandidates(reader, 5)).length >= 0); // 10
  const problem = await knowledge.follow(everyWriter, id); // 11
  assert.equal((await knowledge.links(reader, id))[0]?.entry.id, problem.id);
  assert.ok((await knowledge.related(reader, problem.id, { limit: 5 })).length > 0);
  await knowledge.giveFeedback(everyWriter, id, { kind: 'wrong' }); // 13
  assert.equal((await knowledge.tasks(reader, { state: 'open', limit: 5 })).length, 1);
  const away = await knowledge.move(everyWriter, id, { to: 'archived', version: edited.version }); // 14
  assert.equal(away.status, 'archived');
  const exported = await knowledge.exportFiles(testActor, path.join(folder, 'out'), {
    signal: new AbortController().signal,
  }); // 16
  assert.equal(exported.entries, 2);
  await knowledge.makeCurationReport(testActor); // 17
  assert.equal((await knowledge.usage(reader, 7)).texts.entries, 1);
  assert.deepEqual(tried, []);
});
