/** Undoes the coders of a 7z folder: packers in a chain, filters, and BCJ2 that joins four streams. */
import { type ByteSource, bufferSource } from '../byte-source.ts';
import { bcj2 } from '../codec/bcj2.ts';
import { isKnownFilter, undoFilter } from '../codec/branch-filters.ts';
import { ByteInput } from '../codec/byte-input.ts';
import type { Decoder } from '../codec/decoder.ts';
import { decodeRawLzma } from '../codec/lzma-file.ts';
import { decodeLzma2 } from '../codec/lzma2.ts';
import { nameOf7zMethod } from '../container/method-names.ts';
import { type Codec, openStream } from '../container/open-stream.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import type { Coder, Folder } from './streams-info.ts';

const ENCRYPTED = '06f107';
/** Coders behind each other; real archives have up to four. */
const MOST_STEPS = 32;

/** Undefined, and reported, when a method is unknown here. */
export async function unpackFolder(
  scope: Scope,
  packed: readonly ByteSource[],
  folder: Folder,
): Promise<ByteSource | undefined> {
  const methods = folder.coders.map(({ method }) => nameOf7zMethod(method)).join(', ');
  if (folder.coders.some(({ method }) => method.startsWith(ENCRYPTED))) {
    scope.report('archive-encrypted', { evidence: methods });
    return undefined;
  }
  const { inputs } = folder;
  const readable =
    inputs !== undefined && folder.coders.every((coder, index) => isReadable(coder, inputs[index]?.length));
  if (!readable) {
    scope.report('archive-codec', { evidence: methods });
    return undefined;
  }
  return outputOf(scope, packed, { ...folder, inputs }, { coder: folder.last, steps: 0 });
}

type ReadableFolder = Folder & { readonly inputs: NonNullable<Folder['inputs']> };

interface Step {
  readonly coder: number;
  readonly steps: number;
}

async function outputOf(
  scope: Scope,
  packed: readonly ByteSource[],
  folder: ReadableFolder,
  { coder: index, steps }: Step,
): Promise<ByteSource> {
  const coder = folder.coders[index];
  if (coder === undefined || steps > MOST_STEPS) throw new ScanStop('7z-broken', { evidence: 'coders in a circle' });
  const inputs: ByteSource[] = [];
  for (const input of folder.inputs[index] ?? []) {
    const source =
      'packed' in input
        ? packed[input.packed]
        : await outputOf(scope, packed, folder, { coder: input.coder, steps: steps + 1 });
    if (source === undefined) throw new ScanStop('7z-broken', { evidence: 'packed stream missing' });
    inputs.push(source);
  }
  return undo(scope, coder, inputs, folder.sizes[index] ?? 0);
}

async function undo(scope: Scope, coder: Coder, inputs: readonly ByteSource[], size: number): Promise<ByteSource> {
  const [main, calls, jumps, marks] = inputs;
  if (main === undefined) throw new ScanStop('7z-broken', { evidence: 'coder without input' });
  const filter = filterOf(coder.method);
  if (filter !== undefined) {
    const content = Buffer.from(main.read(0, main.size));
    undoFilter(filter, coder.properties, content);
    return bufferSource(content);
  }
  if (coder.method === BCJ2 && calls !== undefined && jumps !== undefined && marks !== undefined) {
    const decoder = bcj2(new ByteInput(calls), new ByteInput(jumps), new ByteInput(marks), size);
    return (await openStream(scope, main, decoder)).source;
  }
  const codec = codecOf(coder, size);
  return codec === undefined || codec === 'copy' ? main : (await openStream(scope, main, codec)).source;
}

const BCJ2 = '0303011b';
/** Filters by their older numbers; newer archives use the ids of xz. */
const olderFilters: ReadonlyMap<string, number> = new Map([
  ['03030103', 4],
  ['03030205', 5],
  ['03030401', 6],
  ['03030501', 7],
  ['03030701', 8],
  ['03030805', 9],
]);

function filterOf(method: string): number | undefined {
  const id = olderFilters.get(method) ?? (method.length === 2 ? Number.parseInt(method, 16) : 0);
  return isKnownFilter(id) ? id : undefined;
}

function isReadable(coder: Coder, inputs = 0): boolean {
  if (coder.method === BCJ2) return inputs === 4;
  return inputs === 1 && (filterOf(coder.method) !== undefined || codecOf(coder, 0) !== undefined);
}

function codecOf({ method, properties }: Coder, size: number): Codec | Decoder | 'copy' | undefined {
  switch (method) {
    case '00':
      return 'copy';
    case '21':
      return decodeLzma2;
    case '030101':
      return decodeRawLzma(properties[0] ?? 0xff, size);
    case '040108':
      return 'deflate-raw';
    case '040202':
      return 'bzip2';
    default:
      return undefined;
  }
}
