/** `kura knowledge curation`. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { recommendation } from './usage-commands.ts';

export const curationCommand: Command<Knowledge> = defineCommand<Knowledge>()({
  words: ['knowledge', 'curation'],
  options: [{ flags: '--new' }],
  remote: true,
  input: z.object({ new: z.boolean().default(false) }),
  async run(input, { call, out, translator }) {
    const report = input.new
      ? await call(contract.makeCurationReport, {})
      : (await call(contract.listCurationReports, { query: { limit: 1 } })).items[0];
    out.result({ report: report ?? null }, () =>
      report === undefined ? translator.text('cli.knowledge.curation.none') : render(report, translator),
    );
    return 0;
  },
});

function render(report: contract.CurationReport, translator: Translator): string {
  const { madeAt, madeBy, from, to, overdue, review, unread, doubted, tasks, duplicates, recurrences } = report;
  const { withoutHit, recommendations } = report;
  return [
    translator.text('cli.knowledge.curation.made', { at: translator.time(madeAt), by: madeBy, from, to }),
    ...listed('cli.knowledge.gaps.overdue', overdue),
    ...listed('cli.knowledge.curation.review', review),
    ...listed('cli.knowledge.gaps.doubted', doubted),
    ...listed('cli.knowledge.curation.unread', unread),
    translator.text('cli.knowledge.curation.work', {
      open: translator.number(tasks.open),
      late: translator.number(tasks.late),
      duplicates: translator.number(duplicates),
      recurrences: translator.number(recurrences),
    }),
    translator.text('cli.knowledge.gaps.without-hit', { count: translator.number(withoutHit.length) }),
    ...withoutHit.map(({ query, searches }) => `    ${query} (${translator.number(searches)})`),
    ...recommendations.map((one) => recommendation(one, translator)),
  ].join('\n');

  function listed(
    key: Parameters<Translator['text']>[0],
    { total, items }: contract.CurationReport['overdue'],
  ): readonly string[] {
    return [translator.text(key, { count: translator.number(total) }), ...items.map(({ title }) => `    ${title}`)];
  }
}
