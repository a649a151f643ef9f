/** The key that everything sealed hangs on. */
import { z } from 'zod';

import { parseMasterKey } from '#platform/secrets';

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
});
