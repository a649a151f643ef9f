import type { Catalogue } from '#kernel/messages';

import type { findingsEn } from './findings.en.ts';

export const findingsJa: Catalogue<keyof typeof findingsEn> = {
  'knowledge.finding-not-there': '{finding} に当たるものは、もう本文にありません。何も変更していません。',
  'knowledge.finding-not-there.advice': '指摘をもう一度表示してください。誰かが直したのかもしれません。',
  'knowledge.finding-missing-section': '「{heading}」がありません',
  'knowledge.finding-empty-section': '「{heading}」が空です',
  'knowledge.finding-no-rollback': '元に戻す方法がありません (「{heading}」)',
  'knowledge.finding-private-key': '{line} 行目は秘密鍵のようです',
  'knowledge.finding-password': '{line} 行目はパスワードのようです',
  'knowledge.finding-token': '{line} 行目はアクセストークンのようです',
  'knowledge.finding-mail-address': '{line} 行目にメールアドレスがあります',
  'knowledge.finding-phone-number': '{line} 行目に電話番号があります',
  'knowledge.finding-my-number': '{line} 行目はマイナンバーのようです',
  'knowledge.finding-card-number': '{line} 行目はカード番号のようです',
  'knowledge.finding-state-open': '未対応',
  'knowledge.finding-state-acknowledged': '確認済み',
  'knowledge.finding-state-dismissed': 'このままでよい',
  'route.knowledge.list-findings': 'ナレッジに足りないもの、書くべきでないもの (重い順)',
  'route.knowledge.mark-finding': '指摘をどうするかを記録する',
  'cli.knowledge.findings': 'ナレッジに足りないもの、書くべきでないもの (重い順)',
  'cli.knowledge.findings.id': 'ナレッジの ID',
  'cli.knowledge.findings.none': '指摘はありません。',
  'cli.knowledge.mark-finding': '指摘をどうするかを記録する (本文の該当箇所が変わるまで有効)',
  'cli.knowledge.mark-finding.id': 'ナレッジの ID',
  'cli.knowledge.mark-finding.finding': 'kura knowledge findings が示す指摘',
  'cli.knowledge.mark-finding.state': 'acknowledged・dismissed・open のどれか',
  'cli.knowledge.mark-finding.note': '理由',
};
