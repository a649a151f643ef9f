/** Settings of isolation. */
import { z } from 'zod';

import { option } from './option.ts';

export const isolationOptions = z.strictObject({
  fallback: option(z.enum(['refuse', 'allow']).default('refuse'), {
    en: 'What happens to programs that touch untrusted files where bubblewrap does not work: refuse does not run them, allow runs them with limits and an empty environment, but not isolated.',
    ja: 'bubblewrap が使えない環境で、信頼できないファイルを扱うプログラムをどうするか。refuse は実行しません。allow は資源の制限と空の環境変数だけで、隔離せずに実行します。',
  }),
});
