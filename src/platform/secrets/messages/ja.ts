import type { en } from './en.ts';

export const ja: Readonly<Record<keyof typeof en, string>> = {
  'secrets.master-key-invalid': 'マスターキーとして使えません。32 バイトの乱数を base64 で書いたものが必要です。',
  'secrets.master-key-invalid.advice':
    '`openssl rand -base64 32` で作るか、Kura に作らせてください。何も変更していません。',
  'secrets.master-key-configured':
    'マスターキーは設定で指定されているため、Kura からは交換できません。何も変更していません。',
  'secrets.master-key-configured.advice':
    '古いキーを `kura secrets recover` に渡してから、新しい KURA_MASTER_KEY で Kura を起動してください。次の起動時に切り替わります。',
  'secrets.cannot-open':
    '封印された秘密情報を開けません。書き換えられたか、別の場所のものか、別の環境で封印されたものです。',
  'secrets.cannot-open.advice': '秘密情報を入力し直してください。中身は読み取っていません。',
  'secrets.key-missing': 'これを封印した鍵 {id} がこの環境にないか、別のマスターキーで包まれています。',
  'secrets.key-missing.advice': 'リカバリーキットのマスターキーを `kura secrets recover` で戻してください。',
  'secrets.key-expired':
    '秘密情報を封印する鍵 {id} は、作成から 1 年以上経っています。何も封印していません。これまでに封印したものは引き続き開けます。',
  'secrets.key-expired.advice':
    '`kura secrets renew --data-key` で新しい鍵を作ってください。サーバーが動いていれば、毎日の点検で自動的に更新します。',
};
