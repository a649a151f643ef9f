/** Settings of how often may be asked (P-051). Each is a token bucket: so many at once, and so many come back in time. */
import { z } from 'zod';

import { count, option } from './option.ts';

const most = 1_000_000;

export const limitOptions = z.strictObject({
  loginPerMinute: option(count(1, most).default(5), {
    en: 'Failed logins per minute from one address before it has to wait; those that succeed do not count.',
    ja: '1 つのアドレスから 1 分あたりに許すログイン失敗の回数。成功したログインは数えません。',
    runtime: true,
  }),
  passwordResetPerHour: option(count(1, most).default(3), {
    en: 'Failed uses of password reset links per hour from one address.',
    ja: '1 つのアドレスから 1 時間あたりに許す、パスワード再設定リンクの失敗回数。',
    runtime: true,
  }),
  apiPerMinute: option(count(60, most).default(600), {
    en: 'Requests to the API per minute of one account or API key; for whoever is not logged in, of one address.',
    ja: '1 つのアカウントまたは API キーが 1 分あたりに送れる API リクエストの数。ログインしていない場合はアドレスごとに数えます。',
    runtime: true,
  }),
  uploadsPerHour: option(count(1, most).default(60), {
    en: 'Uploads per hour of one account or API key.',
    ja: '1 つのアカウントまたは API キーが 1 時間あたりに送れるアップロードの数。',
    runtime: true,
  }),
  reportsPerHour: option(count(1, most).default(20), {
    en: 'Reports and exports per hour of one account or API key.',
    ja: '1 つのアカウントまたは API キーが 1 時間あたりに作れるレポートと書き出しの数。',
    runtime: true,
  }),
  ingestPerHour: option(count(100, most).default(6000), {
    en: 'Backup runs and results that one account or API key hands in per hour.',
    ja: '1 つのアカウントまたは API キーが 1 時間あたりに送れるバックアップの実行と結果の数。',
    runtime: true,
  }),
});
