/** `kura backups control …` and `kura backups container …`: auditors' marks, and ISO 19650 metadata of jobs. */
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const define = defineCommand<Backups>();
const jobArgument = { name: 'job', required: true } as const;

const listControlsCommand = define({
  words: ['backups', 'control', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listControlMarks);
    out.result({ items }, () =>
      table(
        items.map(({ control, mark }) => [
          control,
          translator.text(`backups.document.control.${control}`),
          translator.text(`backups.document.mark.${mark?.mark ?? 'none'}`),
          mark === null ? '' : `${mark.by}, ${translator.day(mark.at)}`,
          mark?.note ?? '',
        ]),
      ),
    );
    return 0;
  },
});

const markCommand = define({
  words: ['backups', 'control', 'mark'],
  arguments: [
    { name: 'control', required: true },
    { name: 'mark', required: true },
  ],
  options: [{ flags: '--note <text>' }],
  remote: true,
  input: z.strictObject({ ...contract.markControl.params.shape, ...contract.markControl.body.shape }),
  async run({ control, ...body }, { call, out, translator }) {
    const mark = await call(contract.markControl, { params: { control }, body });
    out.result(mark, () => `${control}  ${translator.text(`backups.document.mark.${mark.mark}`)}  ${mark.note}`);
    return 0;
  },
});

const listContainersCommand = define({
  words: ['backups', 'container', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listContainers);
    out.result({ items }, () => renderContainers(items, translator));
    return 0;
  },
});

const setContainerCommand = define({
  words: ['backups', 'container', 'set'],
  arguments: [jobArgument],
  options: [
    { flags: '--project <code>' },
    { flags: '--originator <code>' },
    { flags: '--volume <code>' },
    { flags: '--level <code>' },
    { flags: '--type <code>' },
    { flags: '--role <code>' },
    { flags: '--number <code>' },
    { flags: '--status <status>' },
    { flags: '--suitability <code>' },
    { flags: '--revision <code>' },
    { flags: '--stage <n>' },
    { flags: '--classification <code>' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    ...contract.containerBodySchema.shape,
    stage: z.coerce.number().int(),
  }),
  async run({ job: key, ...fields }, { call, out, translator }) {
    const { suitability, classification, ...needed } = fields;
    const body = { ...needed, ...withoutUndefined({ suitability, classification }) };
    const container = await call(contract.putContainer, { params: { key }, body });
    out.result(container, () => renderContainers([container], translator));
    return 0;
  },
});

const removeContainerCommand = define({
  words: ['backups', 'container', 'remove'],
  arguments: [jobArgument],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema }),
  async run({ job: key }, { call, out, translator }) {
    const removed = await call(contract.removeContainer, { params: { key } });
    out.result(removed, () => translator.text('backups.document.container-removed', removed));
    return 0;
  },
});

function renderContainers(items: readonly contract.ContainerView[], translator: Translator): string {
  if (items.length === 0) return translator.text('backups.document.no-containers');
  return table(items.map(({ code, job, status, revision, stage }) => [code, job, status, revision, String(stage)]));
}

export const controlCommands: ReadonlyArray<Command<Backups>> = [
  listControlsCommand,
  markCommand,
  listContainersCommand,
  setContainerCommand,
  removeContainerCommand,
];
