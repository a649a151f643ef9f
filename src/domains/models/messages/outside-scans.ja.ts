import type { Catalogue } from '#kernel/messages';

import type { outsideScansEn } from './outside-scans.en.ts';

export const outsideScansJa: Catalogue<keyof typeof outsideScansEn> = {
  'models.virus-found':
    '{engine} がこのファイルから {signature} を検出しました。有害なデータとして知られているものです。',
  'models.virus-scan-off': '未検査: ウイルススキャナーが設定されていません (scan.clamd)',
  'models.virus-scan-not-yet': '未検査',
  'models.virus-result-clean': '検出なし',
  'models.virus-result-infected': '{signature} を検出',
  'models.virus-result-not-scanned': '未検査: {reason}',
  'models.virus-engine': '{result} ({engine}、定義ファイル {signatures})',
  'models.virus-signatures-unknown': '時期不明',
  'cli.models.field.virus-scan': 'ウイルス検査',
  'cli.models.show.site-scan': 'CivitAI: ウイルス {virus}、pickle {pickle}',
  'cli.scan.viruses': 'ClamAV: 検出なし {clean}、感染 {infected}、未検査 {open}',
  'models.site-scan-infected':
    'CivitAI 自身がこのファイルを感染と判定しています ({name}: {said})。何も取得しておらず、今後も取得しません。',
  'models.site-scan-infected.advice':
    '別のファイルか別のバージョンを選んでください。誤判定なら CivitAI に知らせてください。',
  'models.site-scan-asks':
    'CivitAI の検査で安全と確認されていません ({name}、ウイルス: {virus}、pickle: {pickle})。何も取得していません。',
  'models.site-scan-asks.advice':
    'CivitAI の検査が済むまで待つか、リスクを承知のうえで --accept-risk を付けてください。いずれの場合も Kura は自分で検査します。',
  'models.site-pickle-danger':
    'CivitAI の検査は危険な pickle コードを報告していますが ({said})、Kura の検査では見つかりませんでした。',
  'models.site-virus-danger': 'CivitAI の検査がこのファイルを感染と判定しています ({said})。',
  'models.site-scan.clean': '問題なし',
  'models.site-scan.infected': '感染',
  'models.site-scan.suspicious': '疑わしい',
  'models.site-scan.pending': '検査待ち',
  'models.site-scan.failed': '検査失敗',
  'models.site-scan.not_scanned': '未検査',
  'models.site-scan.unknown': '未知の値: {said}',
};
