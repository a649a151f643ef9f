import { z } from 'zod';

import type { VerifyResult } from '#engines/vault';
import { DAY } from '#kernel/units';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { describeProblem, tellReading } from './examination.ts';
import {
  defineVaultCommand,
  noteSome,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

const input = z.strictObject({
  ...repositoryInput,
  readData: z.boolean().default(false),
  /** `1/7` */
  readDataSubset: z
    .string()
    .regex(/^\d+\/\d+$/)
    .transform((text) => {
      const [part, of] = text.split('/').map(Number);
      return { part: part ?? 0, of: of ?? 0 };
    })
    .optional(),
  dueWithin: z.coerce.number().positive().optional(),
  signer: z.array(z.string().regex(/^[0-9a-f]{64}$/i)).optional(),
});

export function verifyCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'verify'],
    options: [
      ...repositoryOptions,
      { flags: '--read-data' },
      { flags: '--read-data-subset <part>' },
      { flags: '--due-within <days>' },
      { flags: '--signer <key...>' },
    ],
    input,
    async run({ readData, readDataSubset, dueWithin, signer, ...place }, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const found = await vault.verify({
        readData,
        signal,
        ...(readDataSubset === undefined ? {} : { subset: readDataSubset }),
        ...(dueWithin === undefined ? {} : { dueWithinMs: dueWithin * DAY }),
        ...(signer === undefined ? {} : { signers: signer.map((key) => key.toLowerCase()) }),
        onProgress: tellReading(context),
      });
      out.progress(undefined);
      const errors = found.errors.map((problem) => describeProblem(problem, translator));
      const notes = found.notes.map(({ code, params }) => ({ code, params, message: translator.text(code, params) }));
      noteSome(
        [...errors, ...notes].map(({ message }) => message),
        context,
      );
      const { objects, bytes, snapshots, seconds, coverage, signatures } = found;
      out.result({ objects, bytes, errors, notes, snapshots, seconds, readData, coverage, signatures }, () =>
        sentenceOf(found, { readData, part: readDataSubset !== undefined || dueWithin !== undefined }, translator),
      );
      return errors.length === 0 ? exitCodes.done : exitCodes.mismatch;
    },
  });
}

interface Extent {
  readonly readData: boolean;
  readonly part: boolean;
}

function sentenceOf(found: VerifyResult, extent: Extent, translator: Translator): string {
  const whole = extent.readData ? 'cli.vault.verify.sound-data' : 'cli.vault.verify.sound';
  const sound = extent.part ? 'cli.vault.verify.sound-part' : whole;
  const verdict = translator.text(found.errors.length === 0 ? sound : 'cli.vault.verify.damaged', {
    snapshots: translator.number(found.snapshots),
    objects: translator.number(found.objects),
    bytes: translator.bytes(found.bytes),
    errors: translator.number(found.errors.length),
  });
  const { coverage } = found;
  const reading = translator.text('cli.vault.verify.coverage', {
    unread: translator.bytes(coverage.neverRead.bytes),
    bytes: translator.bytes(coverage.bytes),
    oldest: coverage.oldestReadAt === undefined ? '–' : translator.time(coverage.oldestReadAt),
  });
  return `${verdict}\n${reading}`;
}
