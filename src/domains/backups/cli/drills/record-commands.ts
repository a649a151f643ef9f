/** `kura backups drill record|amend|attach|export|verify`: records of tests, corrected, completed and handed out. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { z } from 'zod';

import { KuraError, toKuraError } from '#kernel/errors';
import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { checkSignedDocument } from '../../core/drills/signed-document.ts';
import { drillIdOf, drillIdSchema } from './drill-id.ts';
import { renderDrillDetail } from './render-drill.ts';

const define = defineCommand<Backups>();
const idArgument = { name: 'drill', required: true } as const;
const id = drillIdSchema;

const recordCommand = define({
  words: ['backups', 'drill', 'record'],
  arguments: [{ name: 'job', required: true }],
  options: [
    { flags: '--kind <kind>' },
    { flags: '--copy <name>' },
    { flags: '--result <result>' },
    { flags: '--tester <name>' },
    { flags: '--target <place>' },
    { flags: '--tested-at <time>' },
    { flags: '--minutes <n>' },
    { flags: '--files <n>' },
    { flags: '--files-failed <n>' },
    { flags: '--snapshot <id>' },
    { flags: '--rto-minutes <n>' },
    { flags: '--done <item...>' },
    { flags: '--left-out <item...>' },
    { flags: '--issues <text>' },
    { flags: '--notes <text>' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    kind: contract.manualDrillSchema.shape.kind.default('full'),
    copy: contract.copyNameSchema.optional(),
    result: contract.manualDrillSchema.shape.result,
    tester: z.string().min(1),
    target: z.string().min(1),
    testedAt: z.string().optional(),
    minutes: z.coerce.number().nonnegative().optional(),
    files: z.coerce.number().int().nonnegative().optional(),
    filesFailed: z.coerce.number().int().nonnegative().optional(),
    snapshot: z.string().optional(),
    rtoMinutes: z.coerce.number().nonnegative().optional(),
    done: z.array(z.string()).default([]),
    leftOut: z.array(z.string()).default([]),
    issues: z.string().optional(),
    notes: z.string().optional(),
  }),
  async run({ job, testedAt, minutes, files, rtoMinutes, done, leftOut, ...told }, { call, out, translator }) {
    const body = {
      ...told,
      testedAt: testedAt === undefined ? new Date().toISOString() : timeOf(testedAt),
      checklist: [...done.map((text) => ({ text, done: true })), ...leftOut.map((text) => ({ text, done: false }))],
      ...(minutes === undefined ? {} : { seconds: minutes * 60 }),
      ...(files === undefined ? {} : { filesTotal: files }),
      ...(rtoMinutes === undefined ? {} : { rtoSeconds: rtoMinutes * 60 }),
    };
    const drill = await call(contract.recordDrill, { params: { key: job }, body });
    out.result(drill, () => renderDrillDetail(drill, translator));
    return 0;
  },
});

const amendCommand = define({
  words: ['backups', 'drill', 'amend'],
  arguments: [idArgument],
  options: [
    { flags: '--note <text>' },
    { flags: '--tester <name>' },
    { flags: '--target <place>' },
    { flags: '--notes <text>' },
  ],
  remote: true,
  input: z.strictObject({
    drill: id,
    note: z.string().min(1),
    tester: z.string().optional(),
    target: z.string().optional(),
    notes: z.string().optional(),
  }),
  async run({ drill, ...body }, { call, out, translator }) {
    const amended = await call(contract.amendDrill, { params: { id: await drillIdOf(drill, { call }) }, body });
    out.result(amended, () => renderDrillDetail(amended, translator));
    return 0;
  },
});

const attachCommand = define({
  words: ['backups', 'drill', 'attach'],
  arguments: [idArgument, { name: 'file', required: true }],
  options: [{ flags: '--type <media-type>' }],
  remote: true,
  input: z.strictObject({ drill: id, file: z.string().min(1), type: z.string().optional() }),
  async run({ drill, file, type }, { call, out, translator }) {
    const content = await readGiven(file);
    const body = {
      name: basename(file),
      contentBase64: content.toString('base64'),
      ...(type === undefined ? {} : { mediaType: type }),
    };
    const amended = await call(contract.attachEvidence, { params: { id: await drillIdOf(drill, { call }) }, body });
    out.result(amended, () => renderDrillDetail(amended, translator));
    return 0;
  },
});

const exportCommand = define({
  words: ['backups', 'drill', 'export'],
  arguments: [idArgument],
  options: [{ flags: '--out <file>' }, { flags: '--revision <n>' }],
  remote: true,
  saves: true,
  input: z.strictObject({
    drill: id,
    out: z.string().min(1),
    revision: z.coerce.number().int().nonnegative().optional(),
  }),
  async run({ drill, out: target, revision }, { call, out, translator, save }) {
    const query = revision === undefined ? {} : { revision };
    const { document, signature } = await call(contract.exportDrill, {
      params: { id: await drillIdOf(drill, { call }) },
      query,
    });
    const { file } = await save(target, document);
    const signatureFile = `${resolve(target)}.sig`;
    await writeFile(signatureFile, `${JSON.stringify(signature, undefined, 2)}\n`);
    const told = { file, signature: signatureFile, keyId: signature.keyId };
    out.result(told, () => translator.text('cli.backups.drill.export.done', told));
    return 0;
  },
});

const verifyCommand = define({
  words: ['backups', 'drill', 'verify'],
  arguments: [{ name: 'file', required: true }],
  options: [{ flags: '--key <file>' }, { flags: '--any-key' }],
  input: z.strictObject({ file: z.string().min(1), key: z.string().optional(), anyKey: z.boolean().default(false) }),
  async run({ file, key, anyKey }, { open, out, translator }) {
    const document = (await readGiven(file)).toString('utf8');
    const signature = (await readGiven(`${file}.sig`)).toString('utf8');
    const trusted = anyKey ? [] : [await trustedKey(key, open)];
    const { keyId, document: record } = checkSignedDocument(document, signature, trusted);
    const told = { file: resolve(file), keyId, trusted: !anyKey, record };
    const sentence = anyKey ? 'cli.backups.drill.verify.any-key-done' : 'cli.backups.drill.verify.done';
    out.result(told, () => translator.text(sentence, { file, keyId }));
    return 0;
  },
});

export const recordCommands: ReadonlyArray<Command<Backups>> = [
  recordCommand,
  amendCommand,
  attachCommand,
  exportCommand,
  verifyCommand,
];

async function trustedKey(file: string | undefined, open: () => Promise<Backups>): Promise<string> {
  if (file !== undefined) return (await readGiven(file)).toString('utf8');
  return (await open()).proof.drills.publicKey;
}

async function readGiven(path: string): Promise<Buffer> {
  return await readFile(path).catch((cause: unknown) => {
    throw new KuraError('invalid', 'backups.file-unreadable', {
      params: { path, reason: toKuraError(cause).message },
      cause,
    });
  });
}

/** A day alone is its noon: nobody tests at midnight. */
function timeOf(text: string): string {
  const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T12:00:00` : text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}
