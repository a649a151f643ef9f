import type { batchesEn } from './batches.en.ts';

export const batchesJa: Readonly<Record<keyof typeof batchesEn, string>> = {
  'models.batch.origin.refs': '指定した {count} 件',
  'models.batch.origin.list': '一覧の {count} 件',
  'models.batch.origin.search': 'サイトでの検索 ({detail}): {count} 件',
  'models.batch.origin.where': 'カタログの「{detail}」: {count} 件',
  'models.batch.origin.collection': '収集 {detail}: {count} 件',
  'models.batch.origin.creator': '{detail} のすべて: {count} 件',
  'models.batch.origin.missing': 'ライブラリから失われたファイル: {count} 件',
  'models.batch.no-duties': '条件なし',
  'models.filters-without-search': '検索の絞り込みだけが指定され、検索が指定されていません。何も取得していません。',
  'models.filters-without-search.advice':
    '--search 語 を加えてください (--search "" なら、条件に合うすべてのモデル)。検索でなければ、絞り込みを外してください。',
  'models.batch-ambiguous': '{id} で始まる ID のダウンロードジョブが複数あります。何も行っていません。',
  'models.batch-ambiguous.advice':
    'ID をもっと長く指定してください。全体は「kura models batches list --json」で分かります。',
  'route.models.plan-batch': 'ダウンロードジョブを計画する (件数・量・空き・ライセンス・確認事項)',
  'route.models.start-batch': 'ダウンロードジョブを開始する',
  'route.models.list-batches': 'ダウンロードジョブの一覧',
  'route.models.read-batch': 'ダウンロードジョブを読む',
  'route.models.list-batch-items': 'ダウンロードジョブのファイルの一覧',
  'route.models.change-batch': 'ダウンロードジョブの名前・優先度・方法・時間帯・上限を変える',
  'route.models.pause-batch': 'ダウンロードジョブを一時停止する',
  'route.models.resume-batch': 'ダウンロードジョブを再開する',
  'route.models.cancel-batch': 'ダウンロードジョブを中止する',
  'route.models.retry-batch': 'ダウンロードジョブで取得できなかった分をもう一度試す',
  'route.models.report-batch': 'ダウンロードジョブの報告書 (JSON・CSV・HTML)',
};
