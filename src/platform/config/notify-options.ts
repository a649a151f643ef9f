/** Settings of telling people. None can change while running: they decide what Kura may reach. */
import { z } from 'zod';

import { option } from './option.ts';

export const notifyOptions = z.strictObject({
  hosts: option(z.string().default(''), {
    en: 'Hosts in private networks or on this machine that channels may send to, by name or address, joined by commas: chat.example.org,192.168.1.7. They may also be services that take the messages of Slack or Teams. Public webhooks need no entry.',
    ja: 'プライベートネットワークやこのマシン上で、チャンネルの送信先にしてよいホスト。名前またはアドレスのカンマ区切り。例: chat.example.org,192.168.1.7。Slack・Teams 互換のサービスにも使えます。公開 Webhook は記入不要です。',
  }),
});
