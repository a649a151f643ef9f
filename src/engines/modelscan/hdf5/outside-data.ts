/** Datasets whose numbers are read from other files. */
import { readHeapObject } from './global-heap.ts';
import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';
import { type HeaderMessage, messageTypes } from './object-header.ts';

const VIRTUAL = 3;
/** In a virtual dataset: the file itself. */
const SAME_FILE = '.';

/** Names of the files a dataset is read from besides its own. @throws ScanStop `hdf5-broken`. */
export function outsideFiles(file: Hdf5File, messages: readonly HeaderMessage[]): readonly string[] {
  return messages.flatMap(({ type, content }) => {
    if (type === messageTypes.externalFiles) return externalFiles(file, content);
    return type === messageTypes.layout ? virtualSources(file, content) : [];
  });
}

function externalFiles(file: Hdf5File, content: Hdf5Cursor): readonly string[] {
  content.skip(6);
  const used = content.uint(2);
  const heap = content.address();
  if (used === 0) return [];
  if (heap === undefined) return [''];
  const head = file.at(heap, 64);
  head.expect('HEAP');
  head.skip(4);
  const size = head.length();
  head.length();
  const data = head.address();
  const names: string[] = [];
  for (let index = 0; index < used; index += 1) {
    const offset = content.length();
    content.skip(file.sizes.lengths * 2);
    const name = data === undefined || offset >= size ? undefined : file.at(data + offset, size - offset);
    names.push(name?.text() ?? '');
  }
  return names;
}

function virtualSources(file: Hdf5File, content: Hdf5Cursor): readonly string[] {
  const version = content.uint(1);
  if (version < 4 || content.uint(1) !== VIRTUAL) return [];
  const heap = content.address();
  const index = content.uint(4);
  if (heap === undefined) return [];
  const block = readHeapObject(file, heap, index);
  if (block === undefined) return [''];
  // Entries hold selections of many shapes between the names; the first name is enough to know what the dataset is.
  const end = block.indexOf(0, 1 + file.sizes.lengths);
  const name = block.subarray(1 + file.sizes.lengths, end < 0 ? undefined : end).toString('utf8');
  return name === SAME_FILE ? [] : [name];
}
