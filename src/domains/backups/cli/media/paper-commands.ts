/** `kura backups media labels|slip|certificate`: what is printed. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const define = defineCommand<Backups>();
const outOption = { flags: '--out <file>' } as const;
const out = z.string().min(1);

const labelsCommand = define({
  words: ['backups', 'media', 'labels'],
  arguments: [{ name: 'labels', required: true, variadic: true }],
  options: [outOption, { flags: '--grid <grid>' }, { flags: '--skip <n>' }, { flags: '--address <url>' }],
  remote: true,
  saves: true,
  input: z.strictObject({
    labels: z.array(contract.mediumLabelSchema).min(1),
    out,
    grid: z.enum(contract.labelGrids).default('3x8'),
    skip: z.coerce.number().int().min(0).default(0),
    address: z.url().optional(),
  }),
  async run({ labels, out: target, grid, skip, address }, context) {
    const body = { labels, grid, skip, ...(address === undefined ? {} : { address }) };
    return save(context, target, await context.call(contract.printLabels, { body }));
  },
});

const slipCommand = define({
  words: ['backups', 'media', 'slip'],
  arguments: [{ name: 'loan', required: true }],
  options: [outOption],
  remote: true,
  saves: true,
  input: z.strictObject({ loan: z.uuid(), out }),
  async run({ loan: id, out: target }, context) {
    return save(context, target, await context.call(contract.printLoanSlip, { params: { id } }));
  },
});

const certificateCommand = define({
  words: ['backups', 'media', 'certificate'],
  arguments: [{ name: 'certificate', required: true }],
  options: [outOption],
  remote: true,
  saves: true,
  input: z.strictObject({ certificate: z.uuid(), out }),
  async run({ certificate: id, out: target }, context) {
    return save(context, target, await context.call(contract.printCertificate, { params: { id } }));
  },
});

export const mediaPaperCommands: ReadonlyArray<Command<Backups>> = [labelsCommand, slipCommand, certificateCommand];

async function save(
  { out: output, translator, save: saveFile }: CommandContext<Backups>,
  target: string,
  { base64 }: contract.PrintedFile,
): Promise<number> {
  const told = await saveFile(target, Buffer.from(base64, 'base64'));
  output.result(told, () => translator.text('backups.media-printed', { file: told.file }));
  return 0;
}
