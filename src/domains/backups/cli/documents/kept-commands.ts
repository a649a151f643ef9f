/** `kura backups document list|get|remove|send`: reports that were made and are kept. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { writeDocument } from './write-document.ts';

const define = defineCommand<Backups>();
const idArgument = { name: 'id', required: true } as const;
const idInput = contract.readDocument.params.shape;

const listCommand = define({
  words: ['backups', 'document', 'list'],
  options: [
    { flags: '--kind <kind>' },
    { flags: '--plan <name>' },
    { flags: '--limit <n>' },
    { flags: '--cursor <n>' },
  ],
  remote: true,
  input: contract.listDocuments.query,
  async run(query, { call, out, translator }) {
    const page = await call(contract.listDocuments, { query });
    out.result(page, () => renderDocuments(page.items, translator));
    return 0;
  },
});

const getCommand = define({
  words: ['backups', 'document', 'get'],
  arguments: [idArgument],
  options: [{ flags: '--out <file>' }],
  remote: true,
  saves: true,
  input: z.strictObject({ ...idInput, out: z.string().min(1).optional() }),
  async run({ id, out: target }, { call, out, translator, save }) {
    const told = await writeDocument(await call(contract.readDocument, { params: { id } }), target, save);
    const bytes = translator.bytes(told.bytes);
    out.result(told, () => translator.text('backups.document.written', { file: told.file, bytes }));
    return 0;
  },
});

const removeCommand = define({
  words: ['backups', 'document', 'remove'],
  arguments: [idArgument],
  remote: true,
  input: z.strictObject(idInput),
  async run({ id }, { call, out, translator }) {
    const removed = await call(contract.removeDocument, { params: { id } });
    out.result(removed, () => translator.text('backups.document.file-removed', { name: removed.name }));
    return 0;
  },
});

const sendCommand = define({
  words: ['backups', 'document', 'send'],
  arguments: [idArgument],
  options: [{ flags: '--to <target...>' }, { flags: '--no-attach' }],
  remote: true,
  input: z.strictObject({
    ...idInput,
    to: contract.deliverySchema.shape.to,
    attach: z.boolean().default(true),
  }),
  async run({ id, ...body }, { call, out, translator }) {
    const sent = await call(contract.sendDocument, { params: { id }, body });
    out.result(sent, () => translator.text('backups.document.to-be-sent', { name: sent.name }));
    return 0;
  },
});

function renderDocuments(items: readonly contract.StoredDocument[], translator: Translator): string {
  if (items.length === 0) return translator.text('backups.document.none');
  return table(
    items.map(({ id, name, madeAt, madeBy, bytes, removedAt, deliveries }) => [
      id,
      name,
      translator.time(madeAt),
      madeBy,
      removedAt === null ? translator.bytes(bytes) : translator.text('backups.document.gone'),
      deliveries.map((one) => `${one.target}: ${translator.text(`backups.document.delivery.${one.state}`)}`).join(', '),
    ]),
  );
}

export const keptCommands: ReadonlyArray<Command<Backups>> = [listCommand, getCommand, removeCommand, sendCommand];
