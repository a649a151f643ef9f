/** What model files are, by their content, name and size; a file that cannot be read does not stop the others. */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';

import { createScanner, type ModelFacts, type Scanner } from '#engines/modelscan';
import { KuraError, toKuraError } from '#kernel/errors';

import { type InferredKind, inferKind } from './infer-kind.ts';
import { type BaseSuggestion, suggestBase } from './suggest-base.ts';

export interface IdentifiedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Null = no tensor names could be read: size, name and extension have to do. */
  readonly tensors: number | null;
  /** Surest first. */
  readonly kinds: readonly InferredKind[];
  /** Family of base models that the tensors prove; null = they do not tell. */
  readonly family: string | null;
  /** What name and trainer's notes suggest; surest first. */
  readonly bases: readonly BaseSuggestion[];
}

export type IdentifiedPath = IdentifiedFile | { readonly path: string; readonly error: KuraError };

/** @throws the signal's reason */
export async function* identifyFiles(paths: readonly string[], signal: AbortSignal): AsyncGenerator<IdentifiedPath> {
  // On a thread of its own: nobody knows what these files are.
  await using scanner = createScanner();
  for (const path of paths) {
    signal.throwIfAborted();
    try {
      yield await identifyFile(scanner, path, signal);
    } catch (error) {
      signal.throwIfAborted();
      yield { path, error: toKuraError(error) };
    }
  }
}

async function identifyFile(scanner: Scanner, path: string, signal: AbortSignal): Promise<IdentifiedFile> {
  // Asked before opening: opening a named pipe would wait for somebody to write to it.
  const facts = await stat(path);
  if (!facts.isFile()) throw new KuraError('invalid', 'transfer.not-a-plain-file', { params: { path } });
  const { facts: content } = await scanner.scan(path, { signal });
  const extension = extname(path);
  const name = basename(path, extension);
  const notes = [...(content?.statedBases ?? []), content?.trainedOn ?? ''].filter((note) => note !== '');
  return {
    path,
    sizeBytes: facts.size,
    tensors: content?.tensors ?? null,
    kinds: inferKind({ name, extension, sizeBytes: facts.size, tensorKinds: kindsOf(content) }),
    family: content?.base?.id ?? null,
    bases: suggestBase([name, ...notes].join(' · ')),
  };
}

function kindsOf(content: ModelFacts | undefined): readonly string[] {
  return content === undefined || content.kind === null ? [] : [content.kind.id, ...content.special];
}
