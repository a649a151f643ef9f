/** The listing of a 7z archive: its streams, and its files in their order. */
import type { HeaderCursor } from './header-cursor.ts';
import { ids } from './property-ids.ts';
import { readStreamsInfo, type StreamsInfo } from './streams-info.ts';

export interface ArchiveFile {
  readonly name: string;
  /** Folders and empty files have none. */
  readonly hasStream: boolean;
  /** Unix file type and permissions, 0 when none are said. */
  readonly unixMode: number;
}

export interface ArchiveHeader {
  readonly streams: StreamsInfo;
  readonly files: readonly ArchiveFile[];
}

export const noStreams: StreamsInfo = { packPosition: 0, packSizes: [], folders: [], substreams: [] };
const UNIX_ATTRIBUTES = 0x8000;

/** Behind the id of the header. */
export function readArchiveHeader(cursor: HeaderCursor, mostFiles: number): ArchiveHeader {
  let streams = noStreams;
  let files: readonly ArchiveFile[] = [];
  for (let id = cursor.byte(); id !== ids.end; id = cursor.byte()) {
    if (id === ids.mainStreams) streams = readStreamsInfo(cursor);
    else if (id === ids.files) files = readFiles(cursor, mostFiles);
    else throw cursor.broken(`property ${id}`);
  }
  return { streams, files };
}

function readFiles(cursor: HeaderCursor, mostFiles: number): readonly ArchiveFile[] {
  const count = cursor.count();
  if (count > mostFiles) throw cursor.broken(`${count} files`);
  let names: string[] = [];
  let empty: boolean[] = [];
  let modes: number[] = [];
  for (let id = cursor.byte(); id !== ids.end; id = cursor.byte()) {
    const property = cursor.slice(cursor.number());
    if (id === ids.emptyStreams) empty = property.bits(count);
    if (id === ids.names) names = readNames(property, count);
    if (id === ids.attributes) modes = readModes(property, count);
  }
  return Array.from({ length: count }, (_, index) => ({
    name: names[index] ?? '',
    hasStream: empty[index] !== true,
    unixMode: modes[index] ?? 0,
  }));
}

function readNames(cursor: HeaderCursor, count: number): string[] {
  if (cursor.byte() !== 0) throw cursor.broken('names elsewhere');
  const names = cursor.rest().toString('utf16le').split('\0');
  if (names.length !== count + 1) throw cursor.broken(`${names.length - 1} names of ${count}`);
  return names;
}

function readModes(cursor: HeaderCursor, count: number): number[] {
  const defined = cursor.optionalBits(count);
  if (cursor.byte() !== 0) throw cursor.broken('attributes elsewhere');
  return defined.map((isDefined) => {
    const attributes = isDefined ? cursor.uint32() : 0;
    return (attributes & UNIX_ATTRIBUTES) === 0 ? 0 : attributes >>> 16;
  });
}
