/** `kura login-link`: a new one-time link, for whoever may read the data directory. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';
import { linkMinutes } from '#platform/identity';

import type { AppContext } from '../context.ts';

export const loginLinkCommand: Command<AppContext> = defineCommand<AppContext>()({
  words: ['login-link'],
  options: [{ flags: '--base-url <url>' }],
  input: z.strictObject({ baseUrl: z.url({ protocol: /^https?$/ }).optional() }),
  run: async ({ baseUrl }, { open, out, translator }) => {
    const { identity, settings } = await open();
    const { config } = settings.loaded();
    const base = baseUrl ?? `http://${config.host}:${config.port}`;
    const link = `${base.replace(/\/$/, '')}/login#code=${await identity.createLink()}`;
    out.result({ loginLink: link, minutes: linkMinutes }, () =>
      translator.text('identity.link', { url: link, minutes: linkMinutes }),
    );
    return 0;
  },
});
