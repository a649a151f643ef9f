/** `kura models verify | repair`: is the library whole, and if not, make it so. */
import { z } from 'zod';

import { createBandwidthLimit } from '#engines/transfer';
import { systemClock } from '#kernel/clock';
import { type KuraError, toKuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import { describeError } from '#platform/i18n';

import { localActor } from '../core/actor.ts';
import type { RepairedFile } from '../core/library/repair-file.ts';
import type { VerifiedFile } from '../core/library/verify-library.ts';
import type { Models } from '../models.ts';
import type { LibraryFile } from '../store/library-store.ts';
import { rateSchema } from './download-choice.ts';
import { exitCodeOf } from './exit-code.ts';

const define = defineCommand<Models>();
const input = z.object({ file: z.array(z.string().min(1)).default([]), all: z.boolean().default(false) });
const words = { arguments: [{ name: 'file', variadic: true }], options: [{ flags: '--all' }] };

/** Exit code 5 when a file is missing or damaged, 3 when some could not be read. */
export const verifyCommand: Command<Models> = define({
  words: ['models', 'verify'],
  arguments: words.arguments,
  options: [...words.options, { flags: '--limit-rate <rate>' }],
  output: 'ndjson',
  input: input.extend({ limitRate: rateSchema.optional() }),
  async run({ file, all, limitRate }, context) {
    const { out, signal, translator } = context;
    const models = await context.open();
    const files = await chosen(models, file, all);
    const count = { files: 0, present: 0, missing: 0, damaged: 0, unreadable: 0 };
    const options = {
      actor: localActor,
      signal,
      bandwidth: limitRate === undefined ? undefined : createBandwidthLimit(limitRate, systemClock),
      onHashed: (one: LibraryFile, hashed: number) =>
        out.progress(() =>
          translator.text('cli.models.verify.progress', { name: one.name, hashed: translator.bytes(hashed) }),
        ),
    };
    for await (const found of models.verify(files, options)) {
      count.files += 1;
      count['error' in found ? 'unreadable' : found.state] += 1;
      tellVerified(found, context);
    }
    out.progress(undefined);
    out.event({ event: 'done', ...count }, () => translator.text('cli.models.verify.done', count));
    if (count.missing + count.damaged > 0) return exitCodes.mismatch;
    return exitCodeOf({ done: count.present, failed: count.unreadable });
  },
});

export const repairCommand: Command<Models> = define({
  words: ['models', 'repair'],
  ...words,
  output: 'ndjson',
  input,
  async run({ file, all }, context) {
    const { out, signal, translator } = context;
    const models = await context.open();
    const count = { repaired: 0, intact: 0, failed: 0 };
    for (const one of await toRepair(models, file, all)) {
      if (signal.aborted) return exitCodes.interrupted;
      try {
        const repaired = await models.repair(one, { actor: localActor, signal });
        count[repaired.source === null ? 'intact' : 'repaired'] += 1;
        tellRepaired(repaired, context);
      } catch (error) {
        signal.throwIfAborted();
        count.failed += 1;
        tellFailed(one, toKuraError(error), context);
      }
    }
    out.event({ event: 'done', ...count }, () => translator.text('cli.models.repair.done', count));
    return exitCodeOf({ done: count.repaired + count.intact, failed: count.failed });
  },
});

/** Undefined = everything: asked for, or nothing named. */
async function chosen(
  models: Models,
  names: readonly string[],
  all: boolean,
): Promise<readonly LibraryFile[] | undefined> {
  if (all || names.length === 0) return undefined;
  return Promise.all(names.map(async (name) => models.readLibraryFile(name)));
}

/** Where nothing is named: whatever was found missing or damaged. */
async function toRepair(models: Models, names: readonly string[], all: boolean): Promise<readonly LibraryFile[]> {
  const files = await chosen(models, names, all);
  if (files !== undefined) return files;
  const broken: LibraryFile[] = [];
  let cursor: string | undefined;
  do {
    const page = await models.listLibrary({ state: ['missing', 'damaged'], limit: 200, cursor });
    broken.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return broken;
}

function tellVerified(found: VerifiedFile, context: CommandContext<Models>): void {
  if ('error' in found) {
    tellFailed(found.file, found.error, context);
    return;
  }
  const { file, state, actualSha256 } = found;
  const { id, path, sha256, sizeBytes } = file;
  context.out.event({ event: 'verified', id, path, state, sizeBytes, sha256, actualSha256 }, () =>
    context.translator.text(`cli.models.verify.${state}`, { path }),
  );
}

function tellRepaired({ file, source }: RepairedFile, { out, translator }: CommandContext<Models>): void {
  const { id, path } = file;
  const status = source === null ? 'intact' : 'repaired';
  out.event({ event: status, id, path, source }, () =>
    translator.text(`cli.models.repair.${status}`, { path, source }),
  );
}

function tellFailed(file: LibraryFile, error: KuraError, { out, translator }: CommandContext<Models>): void {
  const { code, title, advice } = describeError(error, translator);
  const { id, path } = file;
  out.event({ event: 'failed', id, path, reason: { code, message: title } }, () =>
    [`✖ ${path}`, `  ${title}`, ...(advice === undefined ? [] : [`  ${advice}`]), `  [${code}]`].join('\n'),
  );
}
