/** 履歴のバンドル: 書き出し、取り込み、拒否。 */
import type { Catalogue } from '#kernel/messages';

import type { exchangeEn } from './exchange.en.ts';

export const exchangeJa: Catalogue<keyof typeof exchangeEn> = {
  'route.models.export-history': '履歴をまとめて書き出す',
  'route.models.import-history': '書き出した履歴を読み込む (すべて、または何もしない)',
  'cli.models.history-export': 'ダウンロード・ライブラリー・検索の履歴を 1 つのバンドルに書き出す',
  'cli.models.history-export.path': '書き出すフォルダー、または .jsonl で終わるファイル名',
  'cli.models.history-export.done':
    '{path}: ダウンロード {downloads} 件、ライブラリーのファイル {files} 件、検索 {searches} 件。',
  'cli.models.history-import': '別の Kura のバンドルを取り込む (すべて取り込むか、何も取り込まないか)',
  'cli.models.history-import.path': 'history-export が書き出したフォルダーまたはファイル',
  'cli.models.history-import.table': '{table}: {rows} 件のうち {added} 件を追加しました。残りは既存のままです。',
  'cli.models.history-import.downloads': 'ダウンロード',
  'cli.models.history-import.library_files': 'ライブラリーのファイル',
  'cli.models.history-import.search_runs': '検索',
  'cli.models.history-import.missing':
    'バンドルの {count} ファイルはこのディスクにありません。取得するには: kura models get --missing',
  'cli.models.history-import.refused': 'バンドルに {count} 件の問題があります。何も取り込んでいません。',
  'models.bundle-not-there': '{path} に履歴のバンドルはありません。何も取り込んでいません。',
  'models.bundle-not-there.advice':
    'kura models history-export が書き出したフォルダーまたはファイルを指定してください。',
  'models.bundle-unreadable': '履歴のバンドルではありません (マニフェストを読み取れません)。何も取り込んでいません。',
  'models.bundle-unreadable.advice':
    'kura models history-export が書き出したフォルダーまたはファイルを指定してください。',
  'models.bundle-too-new': 'より新しい Kura が書き出したバンドルです (スキーマ {version})。何も取り込んでいません。',
  'models.bundle-too-new.advice': '先にこの Kura を更新してください。',
  'models.bundle-changed': '{table}: 書き出し後に行が失われたか変更されています ({detail} 行)。',
  'models.bundle-no-row': '{table} {line} 行目: 読み取れません ({detail})。',
  'models.bundle-twice': '{table} {line} 行目: バンドルに 2 回含まれています ({detail})。',
  'models.bundle-strays': '{table} {line} 行目: パスがライブラリーの外を指しています ({detail})。',
  'models.bundle-unlinked': '{table} {line} 行目: 対応するファイルまたはモデルと一致しません ({detail})。',
};
