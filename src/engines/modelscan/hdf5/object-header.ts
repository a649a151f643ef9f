/** Object headers: the messages that describe a group or dataset (HDF5 format specification 3.0, IV.A). */
import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';

export const messageTypes = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface HeaderMessage {
  readonly type: number;
  /** Kept elsewhere, in another object's header or in a heap of the file. */
  readonly shared: boolean;
  readonly content: Hdf5Cursor;
}

/** More messages than any writer makes; continuation blocks may point in circles. */
const MOST_MESSAGES = 200_000;
const SHARED = 2;

interface Block {
  readonly address: number;
  readonly length: number;
}

/** @throws ScanStop `hdf5-broken`. */
export function readObjectHeader(file: Hdf5File, address: number): readonly HeaderMessage[] {
  const head = file.at(address, 64);
  return head.take(4).toString('latin1') === 'OHDR' ? readNewHeader(file, address) : readOldHeader(file, address);
}

function readOldHeader(file: Hdf5File, address: number): readonly HeaderMessage[] {
  const head = file.at(address, 16);
  if (head.uint(1) !== 1) throw head.fault('object header');
  head.skip(1);
  const announced = head.uint(2);
  head.skip(4);
  const first = { address: address + 16, length: head.uint(4) };
  return readBlocks(file, first, (cursor, messages) => {
    while (cursor.left >= 8 && messages.length < announced) {
      const type = cursor.uint(2);
      const size = cursor.uint(2);
      const flags = cursor.uint(1);
      cursor.skip(3);
      messages.push({ type, shared: (flags & SHARED) !== 0, content: cursor.part(size) });
    }
  });
}

const TIMES = 0x20;
const PHASE_CHANGE = 0x10;
const CREATION_ORDER = 0x04;
const CHECKSUM = 4;

function readNewHeader(file: Hdf5File, address: number): readonly HeaderMessage[] {
  const head = file.at(address, 64);
  head.expect('OHDR');
  if (head.uint(1) !== 2) throw head.fault('object header');
  const flags = head.uint(1);
  if ((flags & TIMES) !== 0) head.skip(16);
  if ((flags & PHASE_CHANGE) !== 0) head.skip(4);
  const length = head.uint(2 ** (flags & 3));
  const first = { address: address + head.position, length };
  return readBlocks(file, first, (cursor, messages, isFirst) => {
    if (!isFirst) cursor.expect('OCHK');
    const end = isFirst ? 0 : CHECKSUM;
    const headLength = (flags & CREATION_ORDER) !== 0 ? 6 : 4;
    while (cursor.left - end >= headLength) {
      const type = cursor.uint(1);
      const size = cursor.uint(2);
      const shared = (cursor.uint(1) & SHARED) !== 0;
      cursor.skip(headLength - 4);
      messages.push({ type, shared, content: cursor.part(size) });
    }
  });
}

type BlockReader = (cursor: Hdf5Cursor, messages: HeaderMessage[], isFirst: boolean) => void;

/** The first block and those that continuation messages lead to. */
function readBlocks(file: Hdf5File, first: Block, read: BlockReader): readonly HeaderMessage[] {
  const messages: HeaderMessage[] = [];
  const seen = new Set<number>();
  const pending = [first];
  for (let block = pending.shift(); block !== undefined; block = pending.shift()) {
    const cursor = file.at(block.address, block.length);
    if (seen.has(block.address) || messages.length > MOST_MESSAGES) throw cursor.fault('header blocks in a circle');
    seen.add(block.address);
    const known = messages.length;
    read(cursor, messages, block === first);
    pending.push(...continuations(messages.slice(known)));
  }
  return messages;
}

function continuations(messages: readonly HeaderMessage[]): readonly Block[] {
  return messages
    .filter(({ type }) => type === messageTypes.continuation)
    .map(({ content }) => {
      const address = content.address();
      if (address === undefined) throw content.fault('continuation without an address');
      return { address, length: content.length() };
    });
}
