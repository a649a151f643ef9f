/** `kura models identify FILE…`: what model files are, and why. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { type IdentifiedFile, identifyFiles } from '../core/vocabulary/identify-files.ts';
import { exitCodeOf } from './exit-code.ts';
import { tellFault } from './tell-fault.ts';

/** Further guesses are of no use to people. */
const SHOWN = 3;

export const identifyCommand: Command<unknown> = defineCommand<unknown>()({
  words: ['models', 'identify'],
  arguments: [{ name: 'file', required: true, variadic: true }],
  output: 'ndjson',
  input: z.strictObject({ file: z.array(z.string().min(1)).min(1) }),
  async run({ file }, { out, signal, translator }) {
    const count = { done: 0, failed: 0 };
    for await (const one of identifyFiles(file, signal)) {
      if ('error' in one) {
        count.failed += 1;
        tellFault(one, { out, translator });
      } else {
        count.done += 1;
        out.event({ ...one, kinds: one.kinds.map((kind) => explained(kind, translator)) }, () =>
          readable(one, translator),
        );
      }
    }
    return exitCodeOf(count);
  },
});

function explained(kind: IdentifiedFile['kinds'][number], translator: Translator) {
  const reasons = kind.reasons.map(({ code, params }) => ({ code, params, text: translator.text(code, params) }));
  return { ...kind, reasons };
}

function readable({ path, sizeBytes, kinds, family, bases }: IdentifiedFile, translator: Translator): string {
  const lines = kinds.slice(0, SHOWN).map(({ kind, confidence, reasons }) => {
    const why = reasons.map(({ code, params }) => translator.text(code, params)).join(', ');
    return `  ${kind}  ${translator.number(confidence)}  ${why}`;
  });
  const [likely] = bases;
  return [
    `${path}  (${translator.bytes(sizeBytes)})`,
    ...(lines.length === 0 ? [`  ${translator.text('cli.models.identify.unknown')}`] : lines),
    ...(family === null ? [] : [`  ${translator.text('cli.models.identify.family', { family })}`]),
    ...(likely === undefined
      ? []
      : [
          `  ${translator.text('cli.models.identify.base', { base: likely.base ?? likely.family, found: likely.found })}`,
        ]),
  ].join('\n');
}
