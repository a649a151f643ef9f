/** `kura backups media move|lend|return|loans|retire|destroy`: what happens to a medium. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { placeIdOf } from './place-commands.ts';
import { renderLoans, renderMedium } from './render-media.ts';

const define = defineCommand<Backups>();
const labelArgument = { name: 'label', required: true } as const;
const label = contract.mediumLabelSchema;
const note = z.string().default('');

const moveCommand = define({
  words: ['backups', 'media', 'move'],
  arguments: [labelArgument, { name: 'action', required: true }],
  options: [{ flags: '--place <place>' }, { flags: '--note <text>' }, { flags: '--scanned <label>' }],
  remote: true,
  input: z.strictObject({
    label,
    action: z.enum(contract.plainActions),
    place: z.string().optional(),
    note,
    scanned: label.optional(),
  }),
  async run({ label: moved, action, place, note: why, scanned }, { call, out, translator }) {
    const body = {
      action,
      note: why,
      ...(place === undefined ? {} : { place: await placeIdOf(call, place) }),
      ...(scanned === undefined ? {} : { scanned }),
    };
    const medium = await call(contract.actOnMedium, { params: { label: moved }, body });
    out.result(medium, () => renderMedium(medium, translator));
    return 0;
  },
});

const lendCommand = define({
  words: ['backups', 'media', 'lend'],
  arguments: [labelArgument],
  options: [
    { flags: '--borrower <name>' },
    { flags: '--due-on <day>' },
    { flags: '--organisation <name>' },
    { flags: '--contact <text>' },
    { flags: '--purpose <text>' },
  ],
  remote: true,
  input: z.strictObject({
    label,
    borrower: z.string().min(1),
    dueOn: z.iso.date(),
    organisation: z.string().default(''),
    contact: z.string().default(''),
    purpose: z.string().default(''),
  }),
  async run({ label: lent, ...body }, { call, out, translator }) {
    const medium = await call(contract.lendMedium, { params: { label: lent }, body });
    out.result(medium, () => renderMedium(medium, translator));
    return 0;
  },
});

const returnCommand = define({
  words: ['backups', 'media', 'return'],
  arguments: [labelArgument],
  options: [{ flags: '--condition <word>' }, { flags: '--note <text>' }],
  remote: true,
  input: z.strictObject({ label, condition: z.enum(contract.mediumConditions), note }),
  async run({ label: back, ...body }, { call, out, translator }) {
    const medium = await call(contract.returnMedium, { params: { label: back }, body });
    out.result(medium, () => renderMedium(medium, translator));
    return 0;
  },
});

const loansCommand = define({
  words: ['backups', 'media', 'loans'],
  options: [{ flags: '--state <state>' }],
  remote: true,
  input: z.strictObject({ state: z.enum(['open', 'overdue', 'all']).default('open') }),
  async run(query, { call, out, translator }) {
    const page = await call(contract.listLoans, { query });
    out.result(page, () => renderLoans(page.items, translator));
    return 0;
  },
});

const retireCommand = define({
  words: ['backups', 'media', 'retire'],
  arguments: [labelArgument],
  options: [{ flags: '--reason <word>' }, { flags: '--note <text>' }],
  remote: true,
  input: z.strictObject({ label, reason: z.enum(contract.retireReasons), note }),
  async run({ label: retired, ...body }, { call, out, translator }) {
    const certificate = await call(contract.retireMedium, { params: { label: retired }, body });
    out.result(certificate, () =>
      translator.text('cli.backups.media.retire.done', { label: retired, certificate: certificate.id }),
    );
    return 0;
  },
});

const destroyCommand = define({
  words: ['backups', 'media', 'destroy'],
  arguments: [labelArgument],
  options: [{ flags: '--method <word>' }, { flags: '--witness <name>' }, { flags: '--note <text>' }],
  remote: true,
  input: z.strictObject({ label, method: z.enum(contract.destroyMethods), witness: z.string().min(1), note }),
  async run({ label: destroyed, ...body }, { call, out, translator }) {
    const certificate = await call(contract.destroyMedium, { params: { label: destroyed }, body });
    out.result(certificate, () =>
      translator.text('cli.backups.media.destroy.done', { label: destroyed, certificate: certificate.id }),
    );
    return 0;
  },
});

export const mediaCareCommands: ReadonlyArray<Command<Backups>> = [
  moveCommand,
  lendCommand,
  returnCommand,
  loansCommand,
  retireCommand,
  destroyCommand,
];
