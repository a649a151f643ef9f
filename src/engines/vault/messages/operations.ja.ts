import type { Catalogue } from '#kernel/messages';

import type { operationsEn } from './operations.en.ts';

export const operationsJa: Catalogue<keyof typeof operationsEn> = {
  'vault.append-only':
    'このリポジトリは追記専用です。スナップショットの削除や不要データの整理はできません。何も変更していません。',
  'vault.append-only.advice':
    '「init --append-only」で作られています。残したいものは新しいリポジトリへコピーしてください。',
  'vault.snapshot-held':
    'スナップショット {snapshot} は {by} が保全しています（理由: {reason}）。何も削除していません。',
  'vault.snapshot-held.advice': '保全を解いてよい人が「kura vault hold lift {hold}」を実行してください。',
  'vault.hold-not-found': '保全 {hold} がないか、その文字で始まるものが複数あります。',
  'vault.hold-not-found.advice': '「kura vault hold list」で確認してください。4 桁以上必要です。',
  'vault.hold-damaged': '保全の記録 {object} を読み取れません。何を守る記録か分からないため、何も削除していません。',
  'vault.hold-damaged.advice':
    'リポジトリの複製からファイルを戻す（「kura vault repair --from」）か、ディスクを点検してください。',
  'vault.hold-missing':
    'スナップショット {snapshot} の保全 {hold} は、解かれていないのに記録のファイルが消えています。この状態が続く間は、何も破棄（forget）されません。',
  'vault.hold-missing.advice':
    '誰が削除したかを調べてください。リポジトリの複製があれば「kura vault repair --from」で元に戻せます。「kura vault hold add」で新しい保全を付けられます。失われたと認める場合は「kura vault hold lift {hold}」を実行してください。',
  'vault.checks-damaged': 'いつ何を読んだかの記録 {object} が壊れています。バックアップに影響はありません。',
  'vault.checks-damaged.advice': '「kura vault repair」で取り除けます。次の検証で新しく書かれます。',
  'vault.index-damaged': '索引 {object} が壊れています。時間を節約するためのもので、バックアップに影響はありません。',
  'vault.index-damaged.advice': '「kura vault repair」で取り除けます。次のバックアップで新しく書かれます。',
  'vault.policy-empty': '何も残さない指定なので、すべてのスナップショットが消えてしまいます。何も削除していません。',
  'vault.policy-empty.advice': '残す数を指定してください。例: --keep-daily 7 --keep-weekly 5 --keep-monthly 12',
  'vault.time-zone-unknown': 'タイムゾーン {zone} はありません。',
  'vault.time-zone-unknown.advice': 'Asia/Tokyo、Europe/Berlin、UTC のような名前を指定してください。',
  'vault.prune-unsafe': '{object} を最後まで読み取れず、何がまだ必要か分かりません。何も削除していません。',
  'vault.prune-unsafe.advice':
    '「kura vault repair」で直すか、そのスナップショットを ID で削除してから、もう一度実行してください。',
  'vault.copy-to-itself': 'コピー元とコピー先（{location}）が同じリポジトリです。何もコピーしていません。',
  'vault.copy-to-itself.advice': '「kura vault init」で別のリポジトリを作り、そこへコピーしてください。',
  'vault.not-encrypted': 'このリポジトリは暗号化されておらず、鍵がありません。',
  'vault.not-encrypted.advice':
    '「kura vault init」で暗号化したリポジトリを作り、スナップショットをコピーしてください。',
  'vault.key-known': 'このパスフレーズでは、すでにリポジトリを開けます。何も変更していません。',
  'vault.key-known.advice': '二つめの鍵には別のパスフレーズを選んでください。',
  'vault.key-not-found': '鍵 {key} はありません。',
  'vault.key-not-found.advice': '「kura vault key list」で確認してください。',
  'vault.key-last': '最後の鍵です。これがなくなると誰も開けません。何も変更していません。',
  'vault.key-last.advice': '先に別の鍵を追加してください。',
  'vault.too-many-keys': 'リポジトリの鍵は {most} 個までです。何も変更していません。',
  'vault.too-many-keys.advice': 'もう使わない鍵を取り除いてください。',
  'vault.recovery-code-mistyped': '復旧コードが途中までか、文字が間違っています。',
  'vault.recovery-code-mistyped.advice': 'KURAVAULT1 で始まります。紙と一組ずつ見比べてください。',
  'vault.signing-key-invalid': 'Ed25519 の秘密鍵ではありません。何も行っていません。',
  'vault.signing-key-invalid.advice': '「kura vault key signing --out FILE」で作ってください。',
  'vault.signature-bad': 'このスナップショットの署名が正しくありません。書き手 {key} が署名したものではありません。',
  'vault.signature-bad.advice': '別の誰かが書いたか、書き換えました。ここからは復元せず、複製と見比べてください。',
  'vault.signature-missing': '署名を求められましたが、このスナップショットには署名がありません。',
  'vault.signature-missing.advice':
    '誰が作ったかを確かめてください。--signing-key を付けたバックアップには署名が付きます。',
  'vault.signature-foreign': 'このスナップショットに署名した {key} は、想定した書き手ではありません。',
  'vault.signature-foreign.advice': '誰の鍵かを確かめるまで、このスナップショットを信用しないでください。',
  'vault.subset-invalid': '{subset} は分け方として正しくありません。',
  'vault.subset-invalid.advice': '1/7 のように、何番目かと全体の数を指定してください。',
  'vault.config-differs':
    'config と config.copy はどちらも無事ですが、内容が違います。鍵の変更が途中で終わっています。',
  'vault.config-differs.advice': '変更をやり直すか、「kura vault repair」を実行してください。',
  'vault.coverage-not-kept': '何を読んだかをリポジトリに記録できませんでした ({reason})。',
  'vault.coverage-not-kept.advice': '書き込めない媒体なら、これで正常です。',
};
