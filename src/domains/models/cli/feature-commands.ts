/** `kura models features`: what Kura asks of the site, how official that is, and how it fares. */
import { z } from 'zod';

import { toKuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes, table } from '#platform/cli';
import { describeError, type Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { exitCodeOf } from './exit-code.ts';

const ids = z.array(z.string().min(1)).default([]);

/** Exit code 3 when some probes failed, 1 when all did. */
export const featuresCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'features'],
  options: [
    { flags: '--probe' },
    { flags: '--again' },
    { flags: '--on <id...>' },
    { flags: '--off <id...>' },
    { flags: '--auto <id...>' },
  ],
  remote: true,
  input: z.object({
    probe: z.boolean().default(false),
    again: z.boolean().default(false),
    on: ids,
    off: ids,
    auto: ids,
  }),
  async run({ probe, again, ...chosen }, context) {
    const { call, out, translator } = context;
    for (const choice of ['on', 'off', 'auto'] as const) {
      for (const id of chosen[choice]) await call(contract.chooseApiFeature, { params: { id }, body: { choice } });
    }
    const failed = probe || again ? await probeAll(context, again) : [];
    const answer = await call(contract.listApiFeatures);
    out.result({ ...answer, failedProbes: failed }, () => renderFeatures(answer, translator));
    return failed.length === 0 ? exitCodes.done : exitCodeOf({ done: answer.items.length, failed: failed.length });
  },
});

/** One by one, at the pace of the site; those that may not be used are not asked for. */
async function probeAll({ call, out, signal, translator }: CommandContext<Models>, again: boolean) {
  const { items } = await call(contract.listApiFeatures);
  const due = items.filter((one) => one.probeable && one.decision !== 'mode' && one.decision !== 'switched-off');
  const wanted = due.filter((one) => again || one.probeDue);
  const failed: { id: string; code: string; message: string }[] = [];
  for (const [index, { id }] of wanted.entries()) {
    signal.throwIfAborted();
    out.progress(translator.text('cli.models.features.probing', { id, done: index + 1, total: wanted.length }));
    try {
      await call(contract.probeApiFeature, { params: { id }, body: { again } });
    } catch (error) {
      signal.throwIfAborted();
      const { code, title } = describeError(toKuraError(error), translator);
      failed.push({ id, code, message: title });
    }
  }
  out.progress(undefined);
  return failed;
}

function renderFeatures({ mode, items }: contract.ApiFeaturesView, translator: Translator): string {
  const head = ['id', 'call', 'level', 'risk', 'decision', 'standing', 'uses', 'probe'].map((name) =>
    translator.text(`cli.models.features.column.${name}`),
  );
  const rows = items.map((one) => [
    one.id,
    one.call,
    translator.text(`cli.models.features.level.${one.level}`),
    translator.text(`cli.models.features.risk.${one.risk}`),
    translator.text(`cli.models.features.decision.${one.decision}`),
    translator.text(`cli.models.features.standing.${one.standing}`),
    one.ratio === null ? '–' : `${one.succeeded}/${one.succeeded + one.failed}`,
    one.probeOutcome === null ? '–' : translator.text(`cli.models.features.outcome.${one.probeOutcome}`),
  ]);
  return [translator.text('cli.models.features.mode', { mode }), table([head, ...rows])].join('\n');
}
