import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'clamd.unreachable':
    'ClamAV に接続できません。{address} から応答がありません ({reason})。ClamAV では検査していません。',
  'clamd.unreachable.advice':
    'clamd を起動するか、設定 scan.clamd を見直してください。未設定なら Kura は ClamAV を使いません。',
  'clamd.silent': '{address} の ClamAV から {seconds} 秒間応答がないため、待つのをやめました。',
  'clamd.silent.advice': 'clamd のログを確認してから、もう一度スキャンしてください。',
  'clamd.connection-lost': '{address} の ClamAV との接続が、判定を受け取る前に切れました。',
  'clamd.connection-lost.advice':
    'clamd のログを確認してください。StreamMaxLength を超えるファイルでも同じことが起こります。',
  'clamd.answer-not-understood': '{address} の応答は clamd のものではありません: {answer}',
  'clamd.answer-not-understood.advice': 'scan.clamd が clamd のソケットを指しているか確認してください。',
  'clamd.stream-limit': 'ClamAV が受け取れる長さを超えているため、ClamAV では検査していません。',
  'clamd.stream-limit.advice':
    'clamd.conf の StreamMaxLength を大きくし、MaxFileSize と MaxScanSize もそれ以上にしてください (上限は 2 GB)。',
  'clamd.scan-limit': 'ClamAV 自身の制限 ({limit}) に達したため、ファイル全体は検査されていません。',
  'clamd.scan-limit.advice': 'このようなファイルも検査するには、clamd.conf の制限値を大きくしてください。',
  'clamd.too-large': 'ClamAV は 2 GB 以上のファイルを検査できないため、このファイルは渡していません。',
  'clamd.refused': 'ClamAV はこのファイルを検査できませんでした: {answer}',
  'clamd.unreadable': 'ファイルを最後まで読めなかったため ({reason})、ClamAV はその全体を検査していません。',
  'clamd.unreadable.advice':
    'ファイルがまだあるか、ディスクに異常がないかを確認してから、もう一度スキャンしてください。',
};
