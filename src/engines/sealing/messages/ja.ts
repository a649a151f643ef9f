import type { en } from './en.ts';

export const ja: Readonly<Record<keyof typeof en, string>> = {
  'sealing.not-sealed': 'Kura で暗号化したファイルではありません。',
  'sealing.not-sealed.advice': '何も書き込んでいません。age のファイルは `age -d` で開けます。',
  'sealing.damaged':
    '暗号化ファイルが壊れています。書き換え・切り詰め・つなぎ合わせのいずれかです。中身は残していません。',
  'sealing.damaged.advice': '元の場所かバックアップから、ファイルを取得し直してください。',
  'sealing.wrong-key': '指定されたどの鍵でも開けません。何も書き込んでいません。',
  'sealing.wrong-key.advice':
    'パスフレーズまたは秘密鍵ファイルを確認してください。basic のファイルは、暗号化した環境でしか開けません。',
  'sealing.passphrase-missing': 'このレベルにはパスフレーズが必要です。',
  'sealing.passphrase-missing.advice': '--passphrase-file か --passphrase-fd で渡すか、端末で入力してください。',
  'sealing.identity-missing': 'このファイルを開く鍵がここにありません。',
  'sealing.identity-missing.advice': '--identity-file で秘密鍵のファイルを指定してください。',
  'sealing.recipients-missing': 'このレベルには受信者が必要です。何も書き込んでいません。',
  'sealing.recipients-missing.advice':
    '--recipient age1… で指定してください。この環境の公開鍵は `kura secrets identity` で表示できます。',
  'sealing.recipient-invalid': '{recipient} は age の受信者ではありません。',
  'sealing.recipient-invalid.advice':
    '受信者は age1 で始まり、`age-keygen` や `kura secrets identity` で表示できます。何も書き込んでいません。',
  'sealing.identity-invalid': 'ファイルに age の秘密鍵がありません。',
  'sealing.identity-invalid.advice': '`age-keygen` が書き出す、AGE-SECRET-KEY-1 で始まる行が必要です。',
  'sealing.signer-missing': 'このレベルには署名が必要ですが、署名鍵がありません。',
  'sealing.signer-missing.advice': '`kura secrets identity` で作れます。何も書き込んでいません。',
  'sealing.other-signer': '署名者は {signer} で、指定された相手ではありません。何も書き込んでいません。',
  'sealing.other-signer.advice': '送信者に、先方の `kura secrets identity` が表示する指紋を確認してください。',
  'sealing.other-level': 'このファイルのレベルは {expected} ではなく {level} です。何も書き込んでいません。',
  'sealing.other-level.advice': 'このレベルで問題なければ、--level を外して開いてください。',
  'sealing.target-exists': '{path} はすでにあります。そのまま残しました。',
  'sealing.target-exists.advice': '--out で別の名前を指定してください。',
  'sealing.passphrase-weak': 'パスフレーズが弱すぎます。{min} 文字以上で、5 種類以上の文字が必要です。',
  'sealing.passphrase-weak.advice': '関係のない単語をいくつか並べるとよいでしょう。何も書き込んでいません。',
};
