import type { Catalogue } from '#kernel/messages';

import type { storageEn } from './storage.en.ts';

export const storageJa: Catalogue<keyof typeof storageEn> = {
  'vault.storage-unreachable': '{location} に接続できません（{reason}）。すでに保存したものは残っています。',
  'vault.storage-unreachable.advice':
    '接続、ディスク、サーバーを確認して、もう一度実行してください。続きから進みます。',
  'vault.storage-refused': '{location} に入れませんでした（{reason}）。そこにあるものは変更していません。',
  'vault.storage-refused.advice':
    'この保存先のログイン情報（KURA_BACKUPS_CREDENTIALS_FILE）と、読み書きの権限を確認してください。',
  'vault.storage-read-only': '{location} は読み取り専用です。何も変更していません。',
  'vault.storage-read-only.advice':
    '書き込みできるようにマウントし直すか、メディアの書き込み禁止を外してください。復元と検証はこのままでもできます。',
  'vault.object-exists': '{object} はすでにあります。ほぼ同時に別のプロセスが書きました。そのまま残しました。',
  'vault.object-exists.advice': 'もう一度実行してください。いまあるものを踏まえて進みます。',
  'vault.object-retained': '保存先が {until} まで {object} を保持しているため、削除していません。',
  'vault.object-retained.advice':
    'その日時までお待ちください。オブジェクトロックは、それより前に誰も削除できないようにするための設定です。',
  'vault.object-unreadable': '保存先にオブジェクト {object} はありますが、読み出せません（{reason}）。',
  'vault.object-unreadable.advice':
    'メディアが故障しかけている可能性があります。読めるものを別のメディアへ移し、元のファイルかほかの複製から修復してください。',
  'vault.medium-changed':
    '{location} にいまあるのは、先ほどまでのメディアではありません。外されたか、入れ替わりました。いまあるものには何も書き込んでいません。',
  'vault.medium-changed.advice': '元のメディアをつなぎ直して、もう一度実行してください。続きから進みます。',
  'vault.medium-not-mounted':
    '{mountPoint} にあるはずのメディアがマウントされていません。空のマウントポイントには何も書き込んでいません。',
  'vault.medium-not-mounted.advice': 'メディアをつないでマウントしてから、もう一度実行してください。',
  'vault.source-warned': '{path} は最後まで読み取りましたが、読み取り元が警告を出しました: {reason}',
  'vault.source-warned.advice':
    '警告の内容を確認してください。指摘されたものがスナップショットに入っていない可能性があります。',
  'vault.stream-name': '{path} はスナップショット内のファイル名に使えません。スナップショットは作っていません。',
  'vault.stream-name.advice': '「shop.sql」のように、スラッシュのない普通のファイル名にしてください。',
};
