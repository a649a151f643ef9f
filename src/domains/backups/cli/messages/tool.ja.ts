import type { Catalogue } from '#kernel/messages';

import type { toolEn } from './tool.en.ts';

export const toolJa: Catalogue<keyof typeof toolEn> = {
  'cli.backups.tool': 'Kura から実行する restic、borg、rclone',
  'cli.backups.tool.list': 'どれがインストールされていて、使えるバージョンかを表示する',
  'cli.backups.tool.init': '空のリポジトリを作る',
  'cli.backups.tool.init.tool': 'restic、borg、rclone のいずれか',
  'cli.backups.tool.init.repo': 'フォルダ、またはツールの書式のアドレス',
  'cli.backups.tool.init.passphrase-file':
    'パスフレーズを書いたファイル (または KURA_VAULT_PASSPHRASE)。borg では、省くと暗号化なしになります',
  'cli.backups.tool.init.environment': 'ツールに渡す環境変数の名前 (AWS_ACCESS_KEY_ID など)',
  'cli.backups.tool.init.done':
    '{repository} に暗号化された {tool} リポジトリを作りました。パスフレーズは別の場所に保管してください。なくすと誰にも開けません。',
  'cli.backups.tool.init.done-open':
    '{repository} に {tool} リポジトリを作りました。暗号化されていないため、フォルダを手にした人は誰でも読めます。',
  'cli.backups.tool.show': 'ツールから見たコピーの状態 (スナップショット、容量、次の検証) を表示する',
  'cli.backups.tool.show.job': 'ジョブのキー',
  'cli.backups.tool.show.copy': 'コピーの名前',
  'cli.backups.tool.show.head': '{tool} {version} ({repository}): スナップショット {snapshots} 件、保存容量 {bytes}',
  'cli.backups.tool.show.next': '{time} までに読み返しが必要です。次の検証では {of} 分割の {part} 番目を読みます',
  'cli.backups.tool.show.unverified': 'まだ一度も読み返していません',
  'cli.backups.tool.forget':
    'ルールに従って古いスナップショットを消す。--apply を付けない限り、消えるものを表示するだけです',
  'cli.backups.tool.forget.job': 'ジョブのキー',
  'cli.backups.tool.forget.copy': 'コピーの名前',
  'cli.backups.tool.forget.keep-last': '直近のこの数を残す',
  'cli.backups.tool.forget.keep-daily': 'この日数分、1 日の最後の 1 件を残す',
  'cli.backups.tool.forget.keep-weekly': 'この週数分、1 週の最後の 1 件を残す',
  'cli.backups.tool.forget.keep-monthly': 'この月数分、1 か月の最後の 1 件を残す',
  'cli.backups.tool.forget.keep-yearly': 'この年数分、1 年の最後の 1 件を残す',
  'cli.backups.tool.forget.apply': '実際に消す',
  'cli.backups.tool.forget.planned':
    '{forgotten} 件が消え、{kept} 件が残ります。実行するには --apply を付けてください。',
  'cli.backups.tool.forget.done': '{forgotten} 件を消し、{kept} 件を残しました。',
  'cli.backups.tool.restore': 'コピーのスナップショット (またはその一部) を、このマシンの空のフォルダに復元する',
  'cli.backups.tool.restore.job': 'ジョブのキー',
  'cli.backups.tool.restore.copy': 'コピーの名前',
  'cli.backups.tool.restore.target': '復元先のフォルダ (空か、まだないもの)',
  'cli.backups.tool.restore.snapshot': '「kura backups tool show」で分かる ID の先頭部分。省くと最新のもの',
  'cli.backups.tool.restore.include': '保護対象からの相対パスで指定したものだけ。複数指定できます',
  'cli.backups.tool.restore.done': 'スナップショット {snapshot} を {target} に復元しました。',
  'cli.backups.tool.restore.partial':
    'スナップショット {snapshot} を {target} に復元しましたが、{problems} 件が欠けているか壊れています。',
  'cli.backups.tool.log': '実行中のツール出力の末尾を表示する',
  'cli.backups.tool.log.run': '実行の ID (「kura backups runs --json」で分かります)',
  'cli.backups.add-copy.engine':
    '何がコピーを作るか: kura-vault (既定)、restic、borg、rclone、reported (別の場所で作られ、Kura は報告だけを受ける)',
  'cli.backups.protect.command':
    '--source command:NAME のとき、-- のあとに、出力を保存するプログラムの絶対パスと引数を書きます',
  'cli.backups.protect.warn-exit-codes':
    'そのプログラムの終了コードのうち、警告とみなすもの (例: 1,3)。0 とこれ以外ではスナップショットを作りません',
  'cli.backups.add-copy.environment': 'ツールに渡す環境変数の名前。複数指定できます',
  'cli.backups.add-copy.exclude': '除外するパターン (ツールの書式)。複数指定できます',
  'cli.backups.add-copy.upload-kib': '上り速度の上限 (KiB/秒)',
  'cli.backups.add-copy.download-kib': '下り速度の上限 (KiB/秒)',
  'cli.backups.add-copy.keep': '成功した実行のあとに残すもの (例: last=7,daily=14)。省くと何も消しません',
  'cli.backups.add-copy.verify-parts': '1 回の検証で、この数に分けたうちの 1 つを読む',
  'cli.backups.add-copy.replica-of': '保護対象ではなく、同じジョブのこのコピーから作る (restic、rclone)',
};
