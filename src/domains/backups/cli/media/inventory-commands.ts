/** `kura backups media list|add|show|edit`: which media there are. */

import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';

import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { renderEvents, renderMedia, renderMedium } from './render-media.ts';

const define = defineCommand<Backups>();
const labelArgument = { name: 'label', required: true } as const;
const described = {
  name: z.string().optional(),
  capacityTb: z.coerce.number().positive().optional(),
  generation: z.enum(contract.tapeGenerations).optional(),
  maker: z.string().optional(),
  model: z.string().optional(),
  serial: z.string().optional(),
  purchased: z.iso.date().optional(),
  warranty: z.iso.date().optional(),
  owner: z.string().optional(),
  notes: z.string().optional(),
  condition: z.enum(contract.mediumConditions).optional(),
};
const describedOptions = [
  { flags: '--name <text>' },
  { flags: '--capacity-tb <number>' },
  { flags: '--generation <lto>' },
  { flags: '--maker <text>' },
  { flags: '--model <text>' },
  { flags: '--serial <text>' },
  { flags: '--purchased <day>' },
  { flags: '--warranty <day>' },
  { flags: '--owner <text>' },
  { flags: '--notes <text>' },
  { flags: '--condition <word>' },
] as const;
const describedSchema = z.object(described);

const listCommand = define({
  words: ['backups', 'media', 'list'],
  options: [
    { flags: '--stage <stage>' },
    { flags: '--kind <kind>' },
    { flags: '--site <name>' },
    { flags: '--text <text>' },
  ],
  remote: true,
  input: z.strictObject({
    stage: contract.mediumStageSchema.optional(),
    kind: contract.removableKindSchema.optional(),
    site: z.string().optional(),
    text: z.string().optional(),
  }),
  async run(query, { call, out, translator }) {
    const page = await call(contract.listMedia, { query: { ...query, limit: 500 } });
    out.result(page, () => renderMedia(page.items, translator));
    return 0;
  },
});

const addCommand = define({
  words: ['backups', 'media', 'add'],
  options: [{ flags: '--label <label>' }, { flags: '--kind <kind>' }, ...describedOptions],
  remote: true,
  input: z.strictObject({
    label: contract.mediumLabelSchema.optional(),
    kind: contract.removableKindSchema,
    ...described,
  }),
  async run({ label, kind, ...facts }, { call, out, translator }) {
    const body = { kind, ...(label === undefined ? {} : { label }), ...factsOf(facts) };
    const medium = await call(contract.registerMedium, { body });
    out.result(medium, () => translator.text('cli.backups.media.add.done', { label: medium.label }));
    return 0;
  },
});

const showCommand = define({
  words: ['backups', 'media', 'show'],
  arguments: [labelArgument],
  remote: true,
  input: z.strictObject({ label: contract.mediumLabelSchema }),
  async run(params, { call, out, translator }) {
    const medium = await call(contract.readMedium, { params });
    const { items: events } = await call(contract.listMediumEvents, { params });
    const { items: certificates } = await call(contract.listCertificates, { params });
    out.result({ ...medium, events, certificates }, () =>
      [
        renderMedium(medium, translator),
        ...certificates.map(
          ({ id, kind, at }) => `${id}  ${translator.text(`backups.paper-${kind}`)}  ${translator.time(at)}`,
        ),
        renderEvents(events, translator),
      ].join('\n'),
    );
    return 0;
  },
});

const editCommand = define({
  words: ['backups', 'media', 'edit'],
  arguments: [labelArgument],
  options: describedOptions,
  remote: true,
  input: z.strictObject({ label: contract.mediumLabelSchema, ...described }),
  async run({ label, ...facts }, { call, out, translator }) {
    const medium = await call(contract.changeMedium, { params: { label }, body: factsOf(facts) });
    out.result(medium, () => renderMedium(medium, translator));
    return 0;
  },
});

export const mediaInventoryCommands: ReadonlyArray<Command<Backups>> = [
  listCommand,
  addCommand,
  showCommand,
  editCommand,
];

/** What was given, in the words of the contract; makers count a terabyte as 10¹² bytes. */
function factsOf({ capacityTb, purchased, warranty, ...same }: z.output<typeof describedSchema>) {
  const facts = {
    ...same,
    capacityBytes: capacityTb === undefined ? undefined : Math.round(capacityTb * 1e12),
    purchasedOn: purchased,
    warrantyUntil: warranty,
  };
  return contract.changedMediumSchema.parse(withoutUndefined(facts));
}
