/** `kura models raw WHAT`: what the site sent about a model, word for word (M-066). */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes } from '#platform/cli';

import { readRawAnswers } from '../contract/index.ts';
import type { Models } from '../models.ts';
import { siteSubject } from './site-subject.ts';

export const rawCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'raw'],
  arguments: [{ name: 'what', required: true }],
  remote: true,
  input: z.object({ what: z.string().trim().min(1) }),
  async run({ what }, { call, out, translator }) {
    const answer = await call(readRawAnswers, { query: siteSubject(what) });
    out.result(answer, () =>
      answer.answers
        .map(({ subject, id, origin, fetchedAt, body }) =>
          [
            `# ${translator.text(`cli.models.raw.${subject}`, { id })} – ${translator.text(`cli.models.raw.${origin}`)}, ${translator.time(fetchedAt)}`,
            JSON.stringify(body, undefined, 2),
          ].join('\n'),
        )
        .join('\n\n'),
    );
    return exitCodes.done;
  },
});
