/** `kura backups media sets|add-set|edit-set`: sets of media and their rotation. */

import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';

import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { renderSet } from './render-media.ts';

const define = defineCommand<Backups>();
const setArgument = { name: 'set', required: true } as const;
/** `1,2,3`: Monday is 1. */
const weekdays = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .optional();
const number = z.coerce.number().int().optional();

const rotation = {
  scheme: z.enum(['gfs', 'hanoi', 'custom']).optional(),
  sons: weekdays,
  fatherOn: number,
  grandfathers: number,
  yearly: number,
  sets: number,
  weekdays,
  media: number,
  every: number,
  unit: z.enum(['day', 'week', 'month']).optional(),
  startsOn: z.iso.date().optional(),
  holiday: z.array(z.iso.date()).optional(),
  calendar: z.string().optional(),
  title: z.string().optional(),
};
const rotationSchema = z.object(rotation);
const rotationOptions = [
  { flags: '--scheme <name>' },
  { flags: '--title <text>' },
  { flags: '--sons <weekdays>' },
  { flags: '--father-on <weekday>' },
  { flags: '--grandfathers <n>' },
  { flags: '--yearly <n>' },
  { flags: '--sets <n>' },
  { flags: '--weekdays <weekdays>' },
  { flags: '--media <n>' },
  { flags: '--every <n>' },
  { flags: '--unit <unit>' },
  { flags: '--starts-on <day>' },
  { flags: '--holiday <day...>' },
  { flags: '--calendar <key>' },
] as const;

const setsCommand = define({
  words: ['backups', 'media', 'sets'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const page = await call(contract.listMediaSets);
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.backups.media.sets.empty')
        : page.items.map((set) => renderSet(set, translator)).join('\n'),
    );
    return 0;
  },
});

const addSetCommand = define({
  words: ['backups', 'media', 'add-set'],
  arguments: [setArgument],
  options: rotationOptions,
  remote: true,
  input: z.strictObject({ set: contract.setKeySchema, ...rotation, scheme: rotation.scheme.unwrap() }),
  async run({ set: key, ...wanted }, { call, out, translator }) {
    const body = contract.newSetSchema.parse({ key, ...bodyOf(wanted) });
    const added = await call(contract.addMediaSet, { body });
    out.result(added, () => renderSet(added, translator));
    return 0;
  },
});

const editSetCommand = define({
  words: ['backups', 'media', 'edit-set'],
  arguments: [setArgument],
  options: [...rotationOptions, { flags: '--pause' }, { flags: '--resume' }],
  remote: true,
  input: z.strictObject({
    set: contract.setKeySchema,
    ...rotation,
    pause: z.boolean().default(false),
    resume: z.boolean().default(false),
  }),
  async run({ set: key, pause, resume, ...wanted }, { call, out, translator }) {
    const switched = pause || resume ? { active: resume } : {};
    const body = contract.changedSetSchema.parse({ ...bodyOf(wanted), ...switched });
    const changed = await call(contract.changeMediaSet, { params: { key }, body });
    out.result(changed, () => renderSet(changed, translator));
    return 0;
  },
});

export const mediaSetCommands: ReadonlyArray<Command<Backups>> = [setsCommand, addSetCommand, editSetCommand];

/** Only what was given; the contract says what each scheme takes and what it is without. */
function bodyOf(wanted: z.output<typeof rotationSchema>) {
  const { scheme, title, startsOn, holiday: holidays, calendar } = wanted;
  return given({
    title,
    startsOn,
    holidays,
    calendar,
    scheme: scheme === undefined ? undefined : schemeOf(scheme, wanted),
  });
}

function schemeOf(kind: 'gfs' | 'hanoi' | 'custom', wanted: z.output<typeof rotationSchema>) {
  const { sons, fatherOn, grandfathers, yearly, sets, weekdays: on, media, every, unit } = wanted;
  if (kind === 'gfs') return given({ kind, sons, fatherOn, grandfathers, yearly });
  return kind === 'hanoi' ? given({ kind, sets, weekdays: on }) : given({ kind, media, every, unit });
}

function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withoutUndefined(values);
}
