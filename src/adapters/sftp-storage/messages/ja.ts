import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'sftp.address': '{address} は、SFTP サーバーにあるリポジトリのアドレスではありません。何も行っていません。',
  'sftp.address.advice':
    'sftp://ユーザー@ホスト/フォルダ?host-key=SHA256:… の形で、パスワードは含めずに指定してください。/~/フォルダ はそのユーザーのホームを指します。',
  'sftp.host-key-unknown':
    'アドレスに {host} のホスト鍵がないため、正しいサーバーかどうか確かめられません。サーバーが示した鍵は {seen} です。何も送っていません。',
  'sftp.host-key-unknown.advice':
    'サーバー側で「ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub」の表示と見比べ、同じなら ?host-key={seen} をアドレスに加えてください。',
  'sftp.host-key-changed':
    '{host} が示した鍵は {seen} で、登録された {expected} と違います。別のサーバーがなりすましているおそれがあります。何も送っていません。',
  'sftp.host-key-changed.advice':
    '鍵を更新したかどうかをサーバーの管理者に確かめてください。確認できるまで、アドレスの host-key は変えないでください。',
  'sftp.private-key': '{location} 用の秘密鍵を使えません。鍵が壊れているか、パスフレーズが違うか、指定されていません。',
  'sftp.private-key.advice': '認証情報ファイルの該当する項目を、passphrase も含めて確認してください。',
  'sftp.private-key-unreadable': '秘密鍵 {path} を読めません（{reason}）。何も送っていません。',
  'sftp.private-key-unreadable.advice': '認証情報ファイルに書いたパスと、読み取り権限を確認してください。',
  'sftp.credentials-missing': '{location} のログイン情報がわかりません。何も行っていません。',
  'sftp.credentials-missing.advice':
    '認証情報ファイル（KURA_BACKUPS_CREDENTIALS_FILE）に password か privateKeyFile を書くか、SSH エージェントを起動してください。',
};
