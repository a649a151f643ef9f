import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'operations.not-ready': '準備ができていません: {probes}。',
  'operations.not-ready.advice': '`kura doctor`、またはログイン中の /health で、各検査の結果を確認できます。',
  'route.system.liveness': 'プロセスが応答するか',
  'route.system.readiness': 'サーバーに必要なものがそろっているか',
  'route.system.health': '健全性の要約 (権限があれば詳細も)',
  'route.system.metrics': 'Prometheus 用メトリクス',
  'route.system.openapi': 'この API の OpenAPI 3.1 文書',
  'route.system.api-reference': 'この API の説明ページ',
  'route.settings.list': 'すべての設定と、値の出どころ、今変更できるかどうか',
  'route.settings.reset': '設定をファイルまたは既定の値に戻す',
  'route.settings.export': 'ここで変更した設定をファイルにする',
  'route.settings.import': 'ファイルの設定を一括で取り込む (全部かゼロか。先に確認できる)',
  'route.settings.change': 'サーバーの実行中に設定を変更する',
};
