import type { outsideScansEn } from './outside-scans.en.ts';

export const outsideScansJa: Readonly<Record<keyof typeof outsideScansEn, string>> = {
  'models.site-scan.clean': 'CivitAI: 問題なし',
  'models.site-scan.infected': 'CivitAI: 感染',
  'models.site-scan.suspicious': 'CivitAI: 疑わしい pickle',
  'models.site-scan.pending': 'CivitAI: 検査待ち',
  'models.site-scan.failed': 'CivitAI: 検査失敗',
  'models.site-scan.not_scanned': 'CivitAI: 検査結果なし',
  'models.site-scan.unknown': 'CivitAI: 「{said}」',
  'models.virus-scan.clean': 'ウイルス検出なし',
  'models.virus-scan.infected': 'ウイルス: {signature}',
  'models.virus-scan.not-scanned': 'ウイルス未検査',
  'models.virus-scan.by': '{engine}、{date} の定義ファイル',
  'models.virus-scan.by-undated': '{engine}',
  'models.risk.title': '「{name}」は CivitAI の検査で安全と確認されていません',
  'models.risk.consequence': 'Kura は配置する前に自分でも検査します。回答はあなたの名前とともに監査ログに残ります。',
  'models.risk.accept': 'リスクを承知しています',
  'models.risk.go': 'ダウンロード',
  'models.risk.refuse': 'やめる',
};
