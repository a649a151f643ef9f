/** Every object of a file, each once: what links lead to it and what attributes it has. */
import type { Breathing } from '../scan-context.ts';
import { type Hdf5Attribute, readAttribute } from './attribute.ts';
import { openFractalHeap } from './fractal-heap.ts';
import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';
import { type Hdf5Link, readLink } from './link-message.ts';
import { readNameIndex } from './name-index.ts';
import { type HeaderMessage, messageTypes, readObjectHeader } from './object-header.ts';
import { readSymbolTable } from './symbol-table.ts';

export interface Hdf5Object {
  /** Path by the first link that led here. */
  readonly path: string;
  readonly messages: readonly HeaderMessage[];
}

export interface WalkObserver {
  onLink(path: string, link: Hdf5Link): void;
  onAttribute(path: string, attribute: Hdf5Attribute): void;
  onObject(object: Hdf5Object): void;
  /** Something is kept in a way that is not looked into. */
  onUnread(path: string, what: string): void;
}

/** Layers of weights are objects; the largest models have tens of thousands. */
const MOST_OBJECTS = 500_000;

/** @throws ScanStop `hdf5-broken`. @param breathing asked between objects */
export async function walkObjects(file: Hdf5File, observer: WalkObserver, breathing: Breathing): Promise<void> {
  const seen = new Set([file.root]);
  const pending = [{ path: '/', address: file.root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (breathing.needsBreath()) await breathing.breathe();
    const { path, address } = next;
    const messages = readObjectHeader(file, address);
    if (seen.size > MOST_OBJECTS) throw file.at(address, 8).fault('too many objects');
    observer.onObject({ path, messages });
    for (const attribute of attributesOf(file, path, messages, observer)) observer.onAttribute(path, attribute);
    for (const link of linksOf(file, path, messages, observer)) {
      const place = path === '/' ? `/${link.name}` : `${path}/${link.name}`;
      observer.onLink(place, link);
      if (link.kind !== 'hard' || seen.has(link.address)) continue;
      seen.add(link.address);
      pending.push({ path: place, address: link.address });
    }
  }
}

function* linksOf(
  file: Hdf5File,
  path: string,
  messages: readonly HeaderMessage[],
  observer: WalkObserver,
): Generator<Hdf5Link> {
  for (const { type, content, shared } of messages) {
    if (type === messageTypes.symbolTable) yield* readSymbolTable(file, content);
    if (type === messageTypes.link && !shared) yield readLink(content);
    if (type !== messageTypes.linkInfo) continue;
    const [, flags = 0] = content.take(2);
    if ((flags & 1) !== 0) content.skip(8);
    for (const inner of denseObjects(file, content, () => observer.onUnread(path, 'links'))) yield readLink(inner);
  }
}

function* attributesOf(
  file: Hdf5File,
  path: string,
  messages: readonly HeaderMessage[],
  observer: WalkObserver,
): Generator<Hdf5Attribute> {
  for (const { type, content, shared } of messages) {
    if (type === messageTypes.attribute) {
      if (shared) observer.onUnread(path, 'shared attribute');
      else yield readAttribute(file, content);
    }
    if (type !== messageTypes.attributeInfo) continue;
    const [, flags = 0] = content.take(2);
    if ((flags & 1) !== 0) content.skip(2);
    for (const inner of denseObjects(file, content, () => observer.onUnread(path, 'attributes'))) {
      yield readAttribute(file, inner);
    }
  }
}

/** Heap and index by name, as link info and attribute info messages name them. */
function* denseObjects(file: Hdf5File, content: Hdf5Cursor, onUnread: () => void): Generator<Hdf5Cursor> {
  const heapAddress = content.address();
  const index = content.address();
  if (heapAddress === undefined || index === undefined) return;
  const heap = openFractalHeap(file, heapAddress);
  if (heap === undefined) {
    onUnread();
    return;
  }
  for (const id of readNameIndex(file, index)) {
    const object = heap.read(id);
    if (object === undefined) onUnread();
    else yield object;
  }
}
