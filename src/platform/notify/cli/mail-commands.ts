/** `kura mail`: whether mails leave the house, and what became of them. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';

import { listMails, sendTestMail } from '../contract/index.ts';

const define = defineCommand<unknown>();

export const mailCommands: readonly Command<unknown>[] = [
  define({
    words: ['mail', 'list'],
    remote: true,
    options: [{ flags: '--limit <n>' }],
    input: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
    run: async (query, { call, out, translator }) => {
      const { items } = await call(listMails, { query });
      out.result({ items }, () =>
        items.length === 0
          ? translator.text('cli.mail.list.empty')
          : table(
              items.map((one) => [
                one.createdAt,
                one.recipient,
                one.kind,
                translator.text(`cli.mail.state.${one.state}`),
                String(one.attempts),
                one.lastReason ?? one.lastError ?? '–',
              ]),
            ),
      );
      return undefined;
    },
  }),
  define({
    words: ['mail', 'test'],
    arguments: [{ name: 'to', required: true }],
    remote: true,
    input: z.strictObject({ to: z.email() }),
    run: async (body, { call, out, translator }) => {
      const answer = await call(sendTestMail, { body });
      out.result(answer, () => translator.text('cli.mail.test.done', answer));
      return undefined;
    },
  }),
];
