import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'external-scanner.failed': '終了コード {exitCode} で終わりました。判定とはみなせません: {said}',
  'external-scanner.failed.advice':
    'そのファイルに対して手動で実行するか、scan.external の exitCodes で終了コードの意味を指定してください。',
  'external-scanner.not-understood': '出力を判定として読み取れません (終了コード {exitCode}): {said}',
  'external-scanner.not-understood.advice':
    'output: json-lines では、各行が verdict (clean・suspicious・dangerous) を持つオブジェクトでなければなりません。',
  'external-scanner.killed-wall': '{seconds} 秒たっても終わらなかったため終了させました。',
  'external-scanner.killed-wall.advice': '時間が足りない場合は scan.external の timeoutSeconds を増やしてください。',
  'external-scanner.killed-cpu': 'CPU 時間の上限を超えたため終了させました。',
  'external-scanner.killed-cpu.advice': '時間が足りない場合は scan.external の timeoutSeconds を増やしてください。',
  'external-scanner.killed-output': '出力が上限を超えたため終了させました。',
  'external-scanner.killed-output.advice': 'args で出力を減らしてください。',
  'external-scanner.killed-file-size': '一時ファイルが上限を超えたため終了させました。',
  'external-scanner.killed-file-size.advice': '一時ファイルを使わないオプションを指定してください。',
  'external-scanner.killed-signal': '異常終了したか、上限に達して終了しました。',
  'external-scanner.killed-signal.advice':
    'メモリーが足りない場合は scan.external の memoryMiB を増やすか、そのファイルに対して手動で実行してください。',
};
