/** Settings of the audit log. */
import { z } from 'zod';

import { count, option } from './option.ts';

export const auditOptions = z.strictObject({
  keepDays: option(count(30, 36_500).default(1096), {
    en: 'Days for which entries of the audit log are kept; older ones go in whole verified segments, their signed head stays.',
    ja: '監査ログの記録を残す日数。古い記録は検証済みの区間ごとに削除し、署名済みのヘッドは残します。',
    runtime: true,
  }),
  syslog: option(
    z
      .string()
      .regex(
        /^(?:udp|tcp|tls):\/\/(?:\[[\da-fA-F:.]+\]|[\w.-]+):\d{1,5}$/,
        'must be udp://, tcp:// or tls://, a host and a port',
      )
      .optional(),
    {
      en: 'Syslog server that gets each entry of the audit log (RFC 5424, the text as CEF), such as tls://log.example.org:6514.',
      ja: '監査ログの各記録を送る syslog サーバー (RFC 5424、本文は CEF)。例: tls://log.example.org:6514。',
    },
  ),
  syslogCaFile: option(z.string().min(1).optional(), {
    en: 'PEM file with the certificates of the authorities that vouch for the syslog server; default: those of the system.',
    ja: 'syslog サーバーを保証する認証局の証明書 (PEM ファイル)。既定はシステムの認証局。',
  }),
});
