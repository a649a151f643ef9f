/** TensorFlow Lite (schema.fbs 3): which operators a model calls, and the archive of labels that may stand behind it. */
import type { ByteSource } from '../byte-source.ts';
import type { MemberScanner } from '../container/member-scanner.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { reachOf } from '../tensorflow/reaching-operators.ts';
import { findDirectories } from '../zip/directory.ts';
import { scanZip } from '../zip/scan-zip.ts';
import { FlatbufferReader, type FlatTable } from './flatbuffer-reader.ts';

/** Fields by their place in the schema. */
const model = { operatorCodes: 1, subgraphs: 2, buffers: 4, metadata: 6 } as const;
const operatorCode = { oldBuiltin: 0, customName: 1, builtin: 3 } as const;
const subgraph = { tensors: 0, operators: 3 } as const;
const CUSTOM = 32;
/** Registered by the runtime itself (tensorflow/lite/core/kernels/register.cc). */
const builtInCustom: ReadonlySet<string> = new Set([
  'TFLite_Detection_PostProcess',
  'NumericVerify',
  'Mfcc',
  'AudioSpectrogram',
]);
/** Operators of full TensorFlow under this mark run as they would there. */
const FLEX = 'Flex';
const METADATA = 'TFLITE_METADATA';
const BREATHE_EVERY = 4096;
/** Lists may share their entries, so what is walked is counted rather than what is stored. */
const MOST_TABLES = 5_000_000;

export async function scanTflite(scope: Scope, source: ByteSource, scan: MemberScanner): Promise<void> {
  const reader = new FlatbufferReader(source);
  let hasMetadata = false;
  try {
    const root = reader.root();
    hasMetadata = [...reader.tables(root, model.metadata)].some((entry) => reader.text(entry, 0) === METADATA);
    const operators = judgeOperatorCodes(scope, reader, root);
    await checkReferences(scope, reader, { root, operators });
  } finally {
    await scanLabels(scope, source, { hasMetadata, scan });
  }
}

/** @returns how many there are. */
function judgeOperatorCodes(scope: Scope, reader: FlatbufferReader, root: FlatTable): number {
  let count = 0;
  for (const code of reader.tables(root, model.operatorCodes)) {
    count += 1;
    const name = reader.text(code, operatorCode.customName);
    const builtin = Math.max(
      reader.number(code, operatorCode.oldBuiltin, 1),
      reader.number(code, operatorCode.builtin, 4),
    );
    if (builtin !== CUSTOM && name === undefined) continue;
    if (name !== undefined && builtInCustom.has(name)) continue;
    const reach = name?.startsWith(FLEX) === true ? reachOf(name.slice(FLEX.length)) : undefined;
    scope.report(reach ?? 'tflite-custom-operator', { offset: code.at, evidence: name ?? '' });
  }
  return count;
}

interface References {
  readonly root: FlatTable;
  readonly operators: number;
}

/** Every operator and tensor points to something that is there. */
async function checkReferences(scope: Scope, reader: FlatbufferReader, { root, operators }: References): Promise<void> {
  const buffers = reader.count(root, model.buffers);
  let walked = 0;
  async function check(
    owner: FlatTable,
    list: number,
    place: { readonly field: number; readonly limit: number },
  ): Promise<void> {
    for (const table of reader.tables(owner, list)) {
      walked += 1;
      if (walked % BREATHE_EVERY === 0 && scope.context.needsBreath()) await scope.context.breathe();
      if (walked > MOST_TABLES)
        throw new ScanStop('tflite-broken', { offset: table.at, evidence: `${MOST_TABLES} tables` });
      const index = reader.number(table, place.field, 4);
      if (index >= place.limit)
        throw new ScanStop('tflite-broken', { offset: table.at, evidence: `reference ${index} of ${place.limit}` });
    }
  }
  for (const graph of reader.tables(root, model.subgraphs)) {
    await check(graph, subgraph.operators, { field: 0, limit: operators });
    await check(graph, subgraph.tensors, { field: 2, limit: buffers });
  }
  for (const buffer of reader.tables(root, model.buffers)) reader.count(buffer, 0, 1);
}

interface Behind {
  readonly hasMetadata: boolean;
  readonly scan: MemberScanner;
}

/** Metadata announces the archive of labels behind the model; without it nothing explains one. */
async function scanLabels(scope: Scope, source: ByteSource, { hasMetadata, scan }: Behind): Promise<void> {
  const directory = findDirectories(source).find(({ count }) => count > 0);
  if (directory === undefined) return;
  if (!hasMetadata) scope.report('format-polyglot', { offset: directory.start, evidence: 'zip' });
  await scanZip(scope, source, scan, { afterPrefix: hasMetadata });
}
