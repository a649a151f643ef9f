/**
 * ONNX (onnx.proto): a walk over the whole model that skips the numbers. What matters is where tensors come from, which
 * operators are called, and that the file keeps to its format.
 */
import type { ByteSource } from '../byte-source.ts';
import { leavesFolder } from '../leaves-folder.ts';
import { ProtobufReader } from '../protobuf/protobuf-reader.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigText } from '../text/config-rules.ts';
import { ExternalData } from './external-data.ts';
import { judgeTensor, keptOfTensor, locationKeys } from './judge-tensor.ts';
import { fieldOf, type MessageName, newestIrVersion } from './onnx-schema.ts';
import { OperatorUse } from './operator-use.ts';
import { textOf } from './read-text.ts';
import { tensorFacts } from './tensor-facts.ts';
import { type Judge, type OnnxMessage, walkMessages } from './walk-messages.ts';

const kept: Judge['kept'] = {
  Model: new Set(['ir_version', 'producer_name', 'producer_version', 'graph']),
  Node: new Set(['op_type', 'domain']),
  Attribute: new Set(['name', 's']),
  Tensor: keptOfTensor,
  Function: new Set(['name', 'domain']),
  OperatorSetId: new Set(['domain', 'version']),
  StringEntry: new Set(['key', 'value']),
};

/** Since this IR version a model says which operator sets it uses. */
const FIRST_WITH_OPSETS = 3;
/** Fields at the top of a model that are looked at to recognise it. */
const RECOGNISED_FIELDS = 10_000;

export async function scanOnnx(scope: Scope, source: ByteSource): Promise<void> {
  const reader = new ProtobufReader(source, {
    faultRule: 'onnx-broken',
    onFault: ({ rule, details }) => scope.report(rule, details),
  });
  const external = new ExternalData(scope.depth === 0 ? scope.context.folder : undefined);
  const operators = new OperatorUse(scope, reader);
  let model: OnnxMessage | undefined;
  const judges: Partial<Record<MessageName, (message: OnnxMessage) => void>> = {
    Model: (message) => {
      model = message;
    },
    Node: (node) => operators.addNode(node),
    Function: (definition) => operators.addFunction(definition),
    OperatorSetId: (set) => operators.addSet(set),
    Tensor: (tensor) => {
      if (scope.depth === 0 && tensor.place === 'initializer') scope.context.record.add(tensorFacts(reader, tensor));
      judgeTensor(scope, reader, tensor, external);
    },
    Attribute: (attribute) => judgeAttribute(scope, reader, attribute),
    StringEntry: (entry) => judgeEntry(scope, reader, entry),
  };
  try {
    await walkMessages(scope, reader, {
      kept,
      onEnd: (message) => keepGoing(scope, () => judges[message.name]?.(message)),
    });
  } finally {
    // What was met before a fault keeps its verdict.
    operators.report();
  }
  if (model !== undefined) judgeModel(scope, reader, model, operators);
}

/** Where numbers come from is judged at once, the rest together with the tensor. */
function adoptEntry(scope: Scope, reader: ProtobufReader, entry: OnnxMessage): void {
  if (entry.parent?.hasRoom === true) entry.parent.adopt(entry);
  else scope.report('onnx-limit', { offset: entry.start, evidence: 'Tensor.external_data' });
  const keys = entry.all('key').map((field) => textOf(reader, field));
  if (!keys.some((key) => locationKeys.has(key))) return;
  for (const value of entry.all('value')) {
    const location = textOf(reader, value);
    if (leavesFolder(location)) scope.report('onnx-external-escape', { offset: value.offset, evidence: location });
  }
}

/** Whether the fields at the top are those of a model; field order is free, and a graph has to be among them. */
export function isOnnx(source: ByteSource): boolean {
  const reader = new ProtobufReader(source, { faultRule: 'onnx-broken', onFault: () => {} });
  let hasVersion = false;
  let hasGraph = false;
  try {
    for (let count = 0; count < RECOGNISED_FIELDS && reader.position < reader.size; count += 1) {
      const at = reader.position;
      const key = reader.varint(reader.size);
      const schema = fieldOf('Model', Math.floor(key / 8));
      if (schema?.wire !== key % 8) return false;
      if (schema.name === 'ir_version') hasVersion = true;
      if (schema.name === 'graph') hasGraph = true;
      // Enough to know it by; whatever follows, also a cut, is for the scan to judge.
      if (hasVersion && hasGraph) return true;
      reader.position = at;
      reader.field(reader.size);
    }
  } catch (error) {
    if (error instanceof ScanStop) return false;
    throw error;
  }
  return false;
}

/** A loader may not care about what is wrong here, so the look goes on. */
function keepGoing(scope: Scope, judge: () => void): void {
  try {
    judge();
  } catch (error) {
    if (!(error instanceof ScanStop)) throw error;
    scope.report(error.rule, error.details);
  }
}

function judgeModel(scope: Scope, reader: ProtobufReader, model: OnnxMessage, operators: OperatorUse): void {
  const version = model.all('ir_version').at(-1)?.value ?? 0;
  if (version < 1) throw reader.broken(0, 'no IR version');
  if (model.all('graph').length === 0) throw reader.broken(0, 'no graph');
  if (version >= FIRST_WITH_OPSETS && operators.sets.size === 0) throw reader.broken(0, 'no operator sets');
  if (version > newestIrVersion) scope.report('not-yet-analysed-format', { evidence: `ONNX IR version ${version}` });
  if (scope.depth > 0) return;
  const producer = [...model.all('producer_name'), ...model.all('producer_version')]
    .map((field) => textOf(reader, field))
    .filter((text) => text !== '');
  scope.context.metadata = {
    onnx: {
      irVersion: version,
      producer: producer.join(' '),
      operatorSets: Object.fromEntries(operators.sets),
      operatorTypes: operators.typeCount,
    },
  };
}

/** A compiled context may lie in a file of its own, named by this attribute (onnxruntime, EPContext design). */
function judgeAttribute(scope: Scope, reader: ProtobufReader, attribute: OnnxMessage): void {
  const names = attribute.all('name').map((field) => textOf(reader, field));
  if (!names.includes('ep_cache_context')) return;
  for (const field of attribute.all('s')) {
    const path = reader.peek(field.start, Math.min(field.length, LONGEST_PATH)).toString('utf8');
    if (!/[\p{Cc}\ufffd]/u.test(path) && leavesFolder(path))
      scope.report('onnx-external-escape', { offset: field.offset, evidence: path });
  }
}

const LONGEST_PATH = 4096;

function judgeEntry(scope: Scope, reader: ProtobufReader, entry: OnnxMessage): void {
  if (entry.place === 'external_data') adoptEntry(scope, reader, entry);
  if (entry.parent?.name !== 'Model') return;
  const key = entry
    .all('key')
    .map((field) => textOf(reader, field))
    .join();
  for (const value of entry.all('value')) {
    const text = textOf(reader, value, scope.context.limits.jsonBytes);
    judgeConfigText(scope, text, `metadata_props.${key}`);
    if (scope.depth === 0) scope.context.record.note(`onnx.${key}`, text);
  }
}
