/** Settings of the audit log. */
import { z } from 'zod';

import { count, option } from './option.ts';

export const auditOptions = z.strictObject({
  keepDays: option(count(30, 36_500).default(1096), {
    en: 'Days for which entries of the audit log are kept; older ones go in whole verified segments, their signed head stays.',
    ja: '監査ログの記録を残す日数。古い記録は検証済みの区間ごとに削除し、署名済みのヘッドは残します。',
    runtime: true,
  }),
});
