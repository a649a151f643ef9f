/** A report as two files: itself, and its signature beside it. */
import { resolve } from 'node:path';

import { writeFileAtomic } from '#platform/files';

import type { MadeDocument } from '../../contract/index.ts';

export const signatureEnding = '.sig.json';

type Save = (path: string, content: Uint8Array) => Promise<{ readonly file: string; readonly bytes: number }>;

export async function writeDocument(made: MadeDocument, target: string | undefined, save: Save) {
  const { id, name, base64, from, to, signature } = made;
  const { file, bytes } = await save(target ?? name, Buffer.from(base64, 'base64'));
  // It says nothing of the content, and is looked for beside the file once that is opened.
  const signatureFile = `${resolve(target ?? name)}${signatureEnding}`;
  await writeFileAtomic(signatureFile, `${JSON.stringify(signature, null, 2)}\n`);
  const { sha256, keyId } = signature;
  return { id, file, signature: signatureFile, from, to, bytes, sha256, keyId };
}
