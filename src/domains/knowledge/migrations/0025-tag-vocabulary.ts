/** What tags mean, with fifteen to begin with (K-006); who manages the knowledge base changes and removes them. */
import { sql } from 'kysely';

import { columnTypes, createTable, type Migration } from '#platform/db';

/** Name, kind of entry it belongs to, meaning in both languages, colour. */
const starters: ReadonlyArray<readonly [string, string | null, string, string]> = [
  ['障害対応', 'incident', '障害の影響と復旧の記録 · restoring a failed service', '#d32f2f'],
  ['緊急対応', 'incident', 'すぐに動く必要があった件 · what could not wait', '#b71c1c'],
  ['計画停止', 'change', '予告して止める作業 · announced downtime', '#ef6c00'],
  ['定期メンテナンス', 'change', '決まった周期で行う作業 · regular upkeep', '#f9a825'],
  ['根本原因分析', 'problem', 'なぜ起きたかの調査 · why it happened', '#e65100'],
  ['再発防止', 'problem', '二度と起こさないための対策 · so that it does not come again', '#8d6e63'],
  ['リリース', 'release', '新しい版の展開 · bringing out a version', '#2e7d32'],
  ['ロールバック', 'release', '前の版や状態へ戻す手順 · going back to what was', '#558b2f'],
  ['サービスリクエスト', 'request', '利用者からの定型の依頼 · what users ask for', '#7b1fa2'],
  ['アクセス権限', 'request', '権限の付与・変更・削除 · who may do what', '#512da8'],
  ['ネットワーク', null, '回線・機器・VPN・DNS · lines, devices, VPN, DNS', '#0277bd'],
  ['データベース', null, 'DB の構成・性能・復旧 · structure, speed and recovery of databases', '#00695c'],
  ['セキュリティ', null, '脆弱性・認証・監視 · weaknesses, sign-in, watching', '#37474f'],
  ['パフォーマンス', null, '遅さの調査と改善 · finding and mending slowness', '#ad1457'],
  ['バックアップ', null, '取得・検証・復元 · making, proving and restoring copies', '#1565c0'],
];

export const tagVocabularyMigration: Migration = {
  id: 'knowledge-0025-tag-vocabulary',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_tags')
      .addColumn('tag', type.text, (column) => column.primaryKey().notNull())
      .addColumn('type', type.text)
      .addColumn('description', type.text)
      .addColumn('colour', type.text)
      .execute();
    const rows = starters.map((values) => sql`(${sql.join(values.map((value) => sql`${value}`))})`);
    await sql`insert into knowledge_tags (tag, type, description, colour) values ${sql.join(rows)}`.execute(db);
  },
};
