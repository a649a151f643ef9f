/** TensorFlow: SavedModel, MetaGraph and plain graphs (`.pb`), and the metadata Keras keeps beside them. */
import type { ByteSource } from '../byte-source.ts';
import { leavesFolder } from '../leaves-folder.ts';
import { fieldsOf } from '../protobuf/fields-of.ts';
import { ProtobufReader, type WireField, wireTypes } from '../protobuf/protobuf-reader.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigText } from '../text/config-rules.ts';
import { GraphJudge } from './graph-judge.ts';
import { readNode, textOf } from './graph-reader.ts';
import { type TensorflowKind, tensorflowKind } from './tensorflow-kind.ts';

const BREATHE_EVERY = 512;

interface Walk {
  readonly scope: Scope;
  readonly reader: ProtobufReader;
  readonly judge: GraphJudge;
  nodes: number;
}

type Range = Pick<WireField, 'start' | 'length'>;
type Handler = (walk: Walk, field: WireField) => Promise<void> | void;

export async function scanTensorflow(scope: Scope, source: ByteSource): Promise<void> {
  const reader = new ProtobufReader(source, {
    faultRule: 'tensorflow-broken',
    onFault: ({ rule, details }) => scope.report(rule, details),
  });
  const walk: Walk = { scope, reader, judge: new GraphJudge(scope), nodes: 0 };
  const kind = tensorflowKind(source);
  if (kind === undefined) throw reader.broken(0, 'no graph');
  try {
    await scanKind[kind](walk, { start: 0, length: source.size });
  } finally {
    // What was met before a fault keeps its verdict.
    walk.judge.finishGraph();
    walk.judge.finish();
  }
}

const scanKind: Readonly<Record<TensorflowKind, (walk: Walk, range: Range) => Promise<void>>> = {
  'saved-model': (walk, range) => each(walk, range, { 2: scanMetaGraph }),
  'meta-graph': scanMetaGraph,
  graph: (walk, range) => scanGraph(walk, range, new Set()),
  'keras-metadata': (walk, range) => each(walk, range, { 1: (_, node) => each(walk, node, { 5: judgeMetadata }) }),
  fingerprint: (walk, range) => each(walk, range, {}),
};

/** Hands each submessage to its handler. */
async function each(walk: Walk, range: Range, handlers: Readonly<Record<number, Handler>>): Promise<void> {
  for (const field of fieldsOf(walk.reader, range)) {
    walk.nodes += 1;
    const { context } = walk.scope;
    if (walk.nodes % BREATHE_EVERY === 0 && context.needsBreath()) await context.breathe();
    const pending = field.wire === wireTypes.bytes ? handlers[field.number]?.(walk, field) : undefined;
    if (pending !== undefined) await pending;
  }
}

async function scanMetaGraph(walk: Walk, range: Range): Promise<void> {
  const assets = new Set<string>();
  await each(walk, range, { 6: (_, asset) => readAsset(walk, asset, assets) });
  await each(walk, range, {
    2: (_, graph) => scanGraph(walk, graph, assets),
    7: (_, objects) =>
      each(walk, objects, {
        1: (_walk, object) => each(walk, object, { 4: (_user, user) => each(walk, user, { 3: judgeMetadata }) }),
      }),
  });
}

/** A file of the assets folder, and the tensor that gets its path. */
async function readAsset(walk: Walk, asset: WireField, assets: Set<string>): Promise<void> {
  await each(walk, asset, {
    1: (_, info) =>
      each(walk, info, { 1: (_walk, name) => void assets.add(textOf(walk.reader, name).split(':')[0] ?? '') }),
    2: (_, file) => {
      const name = textOf(walk.reader, file);
      if (leavesFolder(name)) walk.scope.report('tensorflow-asset-escape', { offset: file.offset, evidence: name });
    },
  });
}

async function scanGraph(walk: Walk, range: Range, assets: ReadonlySet<string>): Promise<void> {
  const { judge } = walk;
  await each(walk, range, { 1: addNode });
  judge.finishGraph(assets);
  await each(walk, range, { 2: (_, library) => each(walk, library, { 1: scanFunction }) });
}

async function scanFunction(walk: Walk, definition: WireField): Promise<void> {
  await each(walk, definition, {
    1: (_, signature) =>
      each(walk, signature, { 1: (_walk, name) => walk.judge.addFunction(textOf(walk.reader, name)) }),
    3: addNode,
  });
  walk.judge.finishGraph();
}

function addNode(walk: Walk, node: WireField): void {
  walk.judge.addNode(readNode(walk.reader, node));
}

function judgeMetadata({ scope, reader }: Walk, field: WireField): void {
  if (field.length > scope.context.limits.jsonBytes)
    throw reader.broken(field.offset, `metadata of ${field.length} bytes`);
  judgeConfigText(scope, reader.peek(field.start, field.length).toString('utf8'), 'metadata');
}
