/** The pickles of a zip by its directory, without the headers of the tensors between them. */
import { type ByteSource, sliceSource } from '../byte-source.ts';
import { loadsPickles } from '../name-expectation.ts';
import { walkPickles } from '../pickle/scan-pickle.ts';
import type { Scope } from '../scope.ts';
import { isTorchRecord } from '../torch/torch-zip.ts';
import { findDirectories, readDirectory } from '../zip/directory.ts';
import { readLocalHeader } from '../zip/local-header.ts';
import type { ZipEntry } from '../zip/zip-entry.ts';
import { enterMember, openMember } from '../zip/zip-member.ts';
import { beginsAsPickle } from './begins-as-pickle.ts';

const STORED = 0;

export async function lookIntoZip(scope: Scope, source: ByteSource): Promise<void> {
  const [directory] = findDirectories(source);
  if (directory === undefined) {
    scope.report('zip-broken', { evidence: 'no directory' });
    return;
  }
  const entries = readDirectory(source, directory, directory.start, scope.context.limits.archiveEntries);
  for (const entry of entries.filter(({ name }) => isTorchRecord(name) || loadsPickles([name]))) {
    if (scope.context.needsBreath()) await scope.context.breathe();
    await walkMember(scope, source, entry);
  }
}

async function walkMember(scope: Scope, source: ByteSource, entry: ZipEntry): Promise<void> {
  const local = readLocalHeader(source, entry.headerOffset);
  if (local === undefined) return;
  const inner = enterMember(scope, { entry, local });
  // Stored bytes are walked as far as they are here; a checksum would ask for all of them first.
  const content =
    entry.method === STORED
      ? sliceSource(source, local.dataOffset, entry.compressedSize)
      : await openMember(inner, source, { entry, local });
  // Numbers may be called .bin too: what need not be a pickle is left to the whole scan.
  if (content === undefined || !(isTorchRecord(entry.name) || beginsAsPickle(content))) return;
  await walkPickles(inner, content, { maximum: 1, torchStorages: true });
}
