/** The key that everything sealed hangs on. */
import { z } from 'zod';

import { parseMasterKey } from '#platform/secrets';

import { namesOf } from './comma-list.ts';
import { option } from './option.ts';

export const masterOptions = z.strictObject({
  key: option(
    z
      .string()
      .refine(
        (text) => parseMasterKey(text) !== undefined,
        'must be 32 random bytes in base64, as `openssl rand -base64 32` makes them',
      )
      .optional(),
    {
      en: 'Master key: wraps the keys with which stored secrets and files of the level basic are sealed. Made in run/secrets/master.key when absent. Nodes that share a database need the same one. Print the recovery kit with `kura secrets kit`.',
      ja: 'マスターキー。保存した秘密情報と basic レベルのファイルを封印する鍵を包みます。未設定なら run/secrets/master.key に生成します。データベースを共有するノードでは同じ値が必要です。`kura secrets kit` でリカバリーキットを出力できます。',
      secret: true,
    },
  ),
  escrow: option(
    z
      .string()
      .refine((text) => namesOf(text).every((one) => /^age1[0-9a-z]+$/.test(one)), 'must name recipients of age: age1…')
      .default(''),
    {
      en: 'Public keys (age1…, joined by commas) that can open every file encrypted here, besides those whom it is for. Empty: nobody.',
      ja: 'この環境で暗号化するすべてのファイルを、本来の相手とは別に開ける公開鍵 (age1…、カンマ区切り)。空なら誰も開けません。',
    },
  ),
});
