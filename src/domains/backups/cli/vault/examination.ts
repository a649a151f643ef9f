/** What verify and repair show alike: how far the reading is, and what is damaged. */
import type { VerifyProblem, VerifyProgress } from '#engines/vault';
import type { Output } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { faultOf } from './vault-command.ts';

interface Shown {
  readonly out: Output;
  readonly translator: Translator;
}

export function tellReading({ out, translator }: Shown): (progress: VerifyProgress) => void {
  return ({ objects, bytes, totalBytes, errors }) =>
    out.progress(() =>
      translator.text('cli.vault.verify.progress', {
        objects: translator.number(objects),
        bytes: translator.bytes(bytes),
        totalBytes: translator.bytes(totalBytes),
        errors,
      }),
    );
}

export function describeProblem({ object, error, ...cost }: VerifyProblem, translator: Translator) {
  return { object, ...faultOf(error, translator), ...cost };
}
