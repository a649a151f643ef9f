/** `kura backups document …`: reports as files, and whether a file is one that was made here. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';

import { KuraError, systemCode } from '#kernel/errors';
import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { checkDocument } from '../core/documents/document-signature.ts';
import { checkPack } from '../core/documents/pack-manifest.ts';
import { controlCommands } from './documents/control-commands.ts';
import { keptCommands } from './documents/kept-commands.ts';
import { planCommands } from './documents/plan-commands.ts';
import { signatureEnding, writeDocument } from './documents/write-document.ts';

const define = defineCommand<Backups>();

const makeCommand = define({
  words: ['backups', 'document', 'make'],
  arguments: [{ name: 'kind', required: true }],
  options: [
    { flags: '--from <day>' },
    { flags: '--to <day>' },
    { flags: '--format <format>' },
    { flags: '--table <table>' },
    { flags: '--job <key>' },
    { flags: '--out <file>' },
  ],
  remote: true,
  saves: true,
  input: z.strictObject({ ...contract.documentWishSchema.shape, out: z.string().min(1).optional() }),
  async run({ out: target, ...body }, { call, out, translator, save }) {
    const told = await writeDocument(await call(contract.makeDocument, { body }), target, save);
    const bytes = translator.bytes(told.bytes);
    out.result(told, () => translator.text('backups.document.written', { file: told.file, bytes }));
    return 0;
  },
});

const verifyCommand = define({
  words: ['backups', 'document', 'verify'],
  arguments: [{ name: 'file', required: true }],
  options: [{ flags: '--key <file>' }],
  input: z.strictObject({ file: z.string().min(1), key: z.string().min(1).optional() }),
  async run({ file, key }, { out, translator }) {
    const content = await readFile(file);
    const trustedKey = key === undefined ? undefined : await readFile(key, 'utf8');
    const { name, keyId, sha256, files } = await check({ file, content, trustedKey });
    const trusted = trustedKey !== undefined;
    const packed = files === undefined ? {} : { files };
    out.result({ file: resolve(file), name, keyId, sha256, trusted, ...packed }, () => {
      const said = translator.text(trusted ? 'backups.document.right' : 'backups.document.unchanged', { name, keyId });
      return files === undefined ? said : `${said}\n${translator.text('backups.document.pack-whole', { files })}`;
    });
    return 0;
  },
});

interface ToCheck {
  readonly file: string;
  readonly content: Uint8Array;
  readonly trustedKey: string | undefined;
}

/** A pack carries a signature of its own; one that lies beside it is held against it, too. */
async function check({ file, content, trustedKey }: ToCheck) {
  const isPack = Buffer.from(content.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004';
  const beside = await readFile(`${file}${signatureEnding}`, 'utf8').catch((error: unknown) => {
    if (isPack && systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  const signed = beside === undefined ? undefined : checkDocument(content, beside, trustedKey);
  // Workbooks are archives, too, and have their signature beside them only.
  if (!isPack || (signed !== undefined && !signed.name.endsWith('.zip')))
    return { ...required(signed), files: undefined };
  const pack = checkPack(content, trustedKey);
  return { ...pack, sha256: signed?.sha256 ?? pack.sha256 };
}

function required(signed: contract.DocumentSignature | undefined): contract.DocumentSignature {
  if (signed === undefined) throw new KuraError('invalid', 'backups.document-signature-unreadable');
  return signed;
}

export const documentCommands: ReadonlyArray<Command<Backups>> = [
  makeCommand,
  verifyCommand,
  ...keptCommands,
  ...planCommands,
  ...controlCommands,
];
