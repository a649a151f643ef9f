/** `kura backups media places|add-place|change-place|remove-place`: where media lie. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { renderPlaces } from './render-media.ts';

const define = defineCommand<Backups>();
const placeArgument = { name: 'place', required: true } as const;
const capacity = z.coerce.number().int().min(1).optional();

const placesCommand = define({
  words: ['backups', 'media', 'places'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const page = await call(contract.listPlaces);
    out.result(page, () => renderPlaces(page.items, translator));
    return 0;
  },
});

const addPlaceCommand = define({
  words: ['backups', 'media', 'add-place'],
  options: [
    { flags: '--site <name>' },
    { flags: '--room <name>' },
    { flags: '--slot <name>' },
    { flags: '--capacity <n>' },
    { flags: '--notes <text>' },
  ],
  remote: true,
  input: z.strictObject({
    site: contract.siteSchema,
    room: z.string().default(''),
    slot: z.string().default(''),
    capacity,
    notes: z.string().default(''),
  }),
  async run({ capacity: fit, ...place }, { call, out, translator }) {
    const added = await call(contract.addPlace, {
      body: { ...place, ...(fit === undefined ? {} : { capacity: fit }) },
    });
    out.result(added, () => renderPlaces([added], translator));
    return 0;
  },
});

const changePlaceCommand = define({
  words: ['backups', 'media', 'change-place'],
  arguments: [placeArgument],
  options: [{ flags: '--capacity <n>' }, { flags: '--notes <text>' }],
  remote: true,
  input: z.strictObject({ place: z.string(), capacity, notes: z.string().optional() }),
  async run({ place, capacity: fit, notes }, { call, out, translator }) {
    const body = { ...(fit === undefined ? {} : { capacity: fit }), ...(notes === undefined ? {} : { notes }) };
    const changed = await call(contract.changePlace, { params: { id: await placeIdOf(call, place) }, body });
    out.result(changed, () => renderPlaces([changed], translator));
    return 0;
  },
});

const removePlaceCommand = define({
  words: ['backups', 'media', 'remove-place'],
  arguments: [placeArgument],
  remote: true,
  input: z.strictObject({ place: z.string() }),
  async run({ place }, { call, out, translator }) {
    await call(contract.removePlace, { params: { id: await placeIdOf(call, place) } });
    out.result({ removed: place }, () => translator.text('cli.backups.media.remove-place.done', { place }));
    return 0;
  },
});

export const mediaPlaceCommands: ReadonlyArray<Command<Backups>> = [
  placesCommand,
  addPlaceCommand,
  changePlaceCommand,
  removePlaceCommand,
];

/** People name a place as it is shown, `Osaka / vault room / A-3`; ids are taken as they are. */
export async function placeIdOf(call: CommandContext<Backups>['call'], named: string): Promise<string> {
  const { items } = await call(contract.listPlaces);
  const wanted = named
    .split('/')
    .map((part) => part.trim())
    .join(' / ');
  return items.find((place) => contract.placeName(place) === wanted)?.id ?? named;
}
