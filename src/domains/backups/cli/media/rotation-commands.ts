/** `kura backups media today|swap|swaps|calendar|sets|add-set|edit-set|assign|bind`: media that take turns. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { placeIdOf } from './place-commands.ts';
import { renderDue, renderSet } from './render-media.ts';
import { mediaSetCommands } from './set-commands.ts';

const define = defineCommand<Backups>();
const setArgument = { name: 'set', required: true } as const;
const set = contract.setKeySchema;
const label = contract.mediumLabelSchema;

const todayCommand = define({
  words: ['backups', 'media', 'today'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const due = await call(contract.listDueSwaps);
    out.result(due, () =>
      due.items.length === 0
        ? translator.text('cli.backups.media.sets.empty')
        : due.items.map((one) => renderDue(one, translator)).join('\n'),
    );
    return 0;
  },
});

const swapCommand = define({
  words: ['backups', 'media', 'swap'],
  arguments: [setArgument],
  options: [
    { flags: '--put-in <label>' },
    { flags: '--take-out <label>' },
    { flags: '--place <place>' },
    { flags: '--deviate' },
    { flags: '--note <text>' },
  ],
  remote: true,
  input: z.strictObject({
    set,
    putIn: label,
    takeOut: label.optional(),
    place: z.string().optional(),
    deviate: z.boolean().default(false),
    note: z.string().default(''),
  }),
  async run({ set: key, takeOut, place, ...swap }, { call, out, translator }) {
    const body = {
      ...swap,
      ...(takeOut === undefined ? {} : { takeOut }),
      ...(place === undefined ? {} : { place: await placeIdOf(call, place) }),
    };
    const done = await call(contract.confirmMediaSwap, { params: { key }, body });
    out.result(done, () =>
      translator.text('cli.backups.media.swap.done', { day: done.day, putIn: done.putIn, seen: done.content.length }),
    );
    return 0;
  },
});

const swapsCommand = define({
  words: ['backups', 'media', 'swaps'],
  arguments: [setArgument],
  remote: true,
  input: z.strictObject({ set }),
  async run({ set: key }, { call, out, translator }) {
    const page = await call(contract.listMediaSwaps, { params: { key } });
    out.result(page, () =>
      page.items
        .map(({ day, position, state, putIn, takenOut, by }) =>
          [day, position, translator.text(`backups.swap-${state}`), takenOut ?? '–', '→', putIn ?? '–', by ?? ''].join(
            '  ',
          ),
        )
        .join('\n'),
    );
    return 0;
  },
});

const calendarCommand = define({
  words: ['backups', 'media', 'calendar'],
  arguments: [setArgument],
  options: [{ flags: '--from <day>' }, { flags: '--days <n>' }],
  remote: true,
  input: z.strictObject({
    set,
    from: z.iso.date().optional(),
    days: z.coerce.number().int().min(1).max(400).default(30),
  }),
  async run({ set: key, from, days }, { call, out, translator }) {
    const query = { days, ...(from === undefined ? {} : { from }) };
    const page = await call(contract.readRotationCalendar, { params: { key }, query });
    out.result(page, () =>
      page.items
        .map(({ day, position, label: named, state, obstacle }) => {
          const trouble = obstacle === null ? '' : translator.text(`backups.stage-${obstacle}`);
          return [day, position, named ?? '–', translator.text(`backups.swap-${state}`), trouble].join('  ').trimEnd();
        })
        .join('\n'),
    );
    return 0;
  },
});

const assignCommand = define({
  words: ['backups', 'media', 'assign'],
  arguments: [setArgument, { name: 'position', required: true }, { name: 'label' }],
  remote: true,
  input: z.strictObject({ set, position: z.string(), label: label.optional() }),
  async run({ set: key, position, label: named }, { call, out, translator }) {
    const changed = await call(contract.assignMedium, { params: { key, position }, body: { label: named ?? null } });
    out.result(changed, () => renderSet(changed, translator));
    return 0;
  },
});

const bindCommand = define({
  words: ['backups', 'media', 'bind'],
  arguments: [
    { name: 'job', required: true },
    { name: 'copy', required: true },
  ],
  options: [{ flags: '--medium <label>' }, { flags: '--set <key>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    copy: contract.copyNameSchema,
    medium: label.optional(),
    set: set.optional(),
  }),
  async run({ job, copy, medium, set: key }, { call, out, translator }) {
    const bound = await call(contract.bindCopy, { body: { job, copy, on: bindingOf(medium, key) } });
    const on = medium ?? key ?? '–';
    out.result(bound, () => translator.text('cli.backups.media.bind.done', { copy: `${job}/${copy}`, on }));
    return 0;
  },
});

function bindingOf(medium: string | undefined, key: string | undefined) {
  if (medium !== undefined) return { kind: 'medium', label: medium } as const;
  return key === undefined ? ({ kind: 'none' } as const) : ({ kind: 'set', key } as const);
}

export const mediaRotationCommands: ReadonlyArray<Command<Backups>> = [
  todayCommand,
  swapCommand,
  swapsCommand,
  calendarCommand,
  ...mediaSetCommands,
  assignCommand,
  bindCommand,
];
