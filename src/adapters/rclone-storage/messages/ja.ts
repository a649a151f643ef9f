import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'rclone.address': '{address} は、rclone 経由のリポジトリのアドレスではありません。何も行っていません。',
  'rclone.address.advice':
    'rclone:リモート名:フォルダ の形で、rclone に設定済みのリモートを指定してください（「rclone listremotes」で一覧できます）。',
  'rclone.not-installed': '{location} を使うには rclone が必要ですが、インストールされていません。何も行っていません。',
  'rclone.not-installed.advice': '「apt install rclone」などでインストールしてください。',
  'rclone.not-started': '{location} のための rclone が起動しませんでした: {reason}',
  'rclone.not-started.advice':
    '「rclone lsd リモート名:」を手で試してください。暗号化された rclone 設定には RCLONE_CONFIG_PASS が必要です。',
  'rclone.remote-unknown': 'rclone にそのリモートの設定がありません: {location}。何も行っていません。',
  'rclone.remote-unknown.advice':
    '設定済みのリモートは「rclone listremotes」で分かります。Kura は、自分を動かしているユーザーの rclone 設定を使います。',
};
