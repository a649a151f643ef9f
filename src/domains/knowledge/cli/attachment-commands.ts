/** `kura knowledge attachments`, `attach`, `save-attachment`, `detach`. */
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const idArgument = { name: 'id', required: true };
const nameArgument = { name: 'name', required: true };

const attachmentsCommand = define({
  words: ['knowledge', 'attachments'],
  arguments: [idArgument],
  remote: true,
  input: z.object({ id: z.string() }),
  async run({ id }, { call, out, translator }) {
    const answer = await call(contract.listAttachments, { params: { id } });
    out.result(answer, () => renderAttachments(answer.items, translator));
    return 0;
  },
});

const attachCommand = define({
  words: ['knowledge', 'attach'],
  arguments: [idArgument, { name: 'file', required: true }],
  options: [{ flags: '--name <name>' }, { flags: '--replace' }],
  remote: true,
  input: z.object({
    id: z.string(),
    file: z.string(),
    name: z.string().optional(),
    replace: z.boolean().default(false),
  }),
  async run({ id, file, name = basename(file), replace }, { call, out, translator }) {
    const content = await readSmallFile(resolve(file));
    const attachment = await call(contract.addAttachment, { params: { id }, body: { name, content, replace } });
    out.result(attachment, () => translator.text('cli.knowledge.attach.done', { name: attachment.name }));
    return 0;
  },
});

const saveCommand = define({
  words: ['knowledge', 'save-attachment'],
  arguments: [idArgument, nameArgument],
  options: [{ flags: '--out <file>' }],
  remote: true,
  saves: true,
  input: z.object({ id: z.string(), name: z.string(), out: z.string().optional() }),
  async run({ id, name, out: target }, { call, out, save, translator }) {
    const { content, ...attachment } = await call(contract.readAttachment, { params: { id, name } });
    const { file } = await save(target ?? attachment.name, Buffer.from(content, 'base64'));
    out.result({ ...attachment, file }, () => translator.text('cli.knowledge.save-attachment.done', { file }));
    return 0;
  },
});

const detachCommand = define({
  words: ['knowledge', 'detach'],
  arguments: [idArgument, nameArgument],
  remote: true,
  input: z.object({ id: z.string(), name: z.string() }),
  async run({ id, name }, { call, out, translator }) {
    await call(contract.removeAttachment, { params: { id, name } });
    out.result({ removed: name }, () => translator.text('cli.knowledge.detach.done', { name }));
    return 0;
  },
});

export const attachmentCommands: ReadonlyArray<Command<Knowledge>> = [
  attachmentsCommand,
  attachCommand,
  saveCommand,
  detachCommand,
];

/** In base64. @throws KuraError `knowledge.attachment-too-large` before it is read. */
async function readSmallFile(path: string): Promise<string> {
  const { size } = await stat(path);
  const most = contract.largestAttachmentMiB;
  if (size > most * MIB)
    throw new KuraError('invalid', 'knowledge.attachment-too-large', { params: { name: basename(path), most } });
  return await readFile(path, 'base64');
}

function renderAttachments(items: readonly contract.Attachment[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.attachments.none');
  return table(
    items.map(({ name, sizeBytes, mediaType, addedAt, addedBy }) => [
      name,
      translator.bytes(sizeBytes),
      mediaType,
      translator.day(addedAt),
      addedBy,
    ]),
  );
}
