/** TensorFlow graphs field by field (protobuf), since no TensorFlow is at hand to write them. */
import { field, message } from './onnx-writer.ts';

export interface NodeShape {
  readonly inputs?: readonly string[];
  /** Text attributes; of a `Const` the value. */
  readonly texts?: Readonly<Record<string, string>>;
}

export function tensorflowNode(name: string, operator: string, { inputs = [], texts = {} }: NodeShape = {}): Buffer {
  return Buffer.concat([
    field(1, name),
    field(2, operator),
    ...inputs.map((input) => field(3, input)),
    ...Object.entries(texts).map(([key, text]) => message(5, field(1, key), message(2, field(2, text)))),
  ]);
}

/** A `Const` that holds a text. */
export function textConstant(name: string, text: string): Buffer {
  const tensor = message(8, field(1, 7), field(8, text));
  return Buffer.concat([field(1, name), field(2, 'Const'), message(5, field(1, 'value'), message(2, tensor))]);
}

export function tensorflowFunction(name: string, ...nodes: readonly Buffer[]): Buffer {
  return Buffer.concat([message(1, field(1, name)), ...nodes.map((node) => field(3, node))]);
}

export function writeGraph(nodes: readonly Buffer[], functions: readonly Buffer[] = []): Buffer {
  const library = functions.length === 0 ? [] : [message(2, ...functions.map((definition) => field(1, definition)))];
  return Buffer.concat([...nodes.map((node) => field(1, node)), ...library, message(4, field(1, 1987))]);
}

export interface SavedModelShape {
  readonly nodes?: readonly Buffer[];
  readonly functions?: readonly Buffer[];
  /** File name by the tensor that gets its path. */
  readonly assets?: Readonly<Record<string, string>>;
  /** Keras metadata of the objects. */
  readonly metadata?: readonly string[];
}

/** What `tf.saved_model.save` writes of a small model with the saver's functions. */
export function writeSavedModel({
  nodes = [],
  functions = [],
  assets = {},
  metadata = [],
}: SavedModelShape = {}): Buffer {
  const graph = writeGraph([...plainNodes, ...nodes], [saver, restorer, ...functions]);
  const objects = metadata.map((text) => message(1, message(4, field(1, '_tf_keras_layer'), field(3, text))));
  return Buffer.concat([
    field(1, 1),
    message(
      2,
      message(1, field(4, 'serve')),
      field(2, graph),
      ...Object.entries(assets).map(([tensor, file]) =>
        message(6, message(1, field(1, `${tensor}:0`)), field(2, file)),
      ),
      message(7, ...objects),
    ),
  ]);
}

export function writeKerasMetadata(...texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.map((text, index) =>
      message(
        1,
        field(2, index),
        field(3, 'root'),
        field(4, '_tf_keras_layer'),
        field(5, text),
        message(6, field(1, 1)),
      ),
    ),
  );
}

const plainNodes = [
  tensorflowNode('x', 'Placeholder'),
  tensorflowNode('w', 'VarHandleOp', { texts: { shared_name: '/etc/not-a-path-for-anyone' } }),
  tensorflowNode('w/Read', 'ReadVariableOp', { inputs: ['w'] }),
  tensorflowNode('y', 'MatMul', { inputs: ['x', 'w/Read'] }),
  tensorflowNode('saver_filename', 'Placeholder'),
  tensorflowNode('StatefulPartitionedCall', 'StatefulPartitionedCall', { inputs: ['saver_filename'] }),
];
const saver = tensorflowFunction(
  '__inference__traced_save_1',
  tensorflowNode('match', 'StaticRegexFullMatch', { inputs: ['file_prefix'] }),
  textConstant('Const', '.part'),
  textConstant('Const_1', '_temp/part'),
  tensorflowNode('Select', 'Select', { inputs: ['match:output:0', 'Const:output:0', 'Const_1:output:0'] }),
  tensorflowNode('StringJoin', 'StringJoin', { inputs: ['file_prefix', 'Select:output:0'] }),
  tensorflowNode('ShardedFilename', 'ShardedFilename', { inputs: ['StringJoin:output:0'] }),
  tensorflowNode('SaveV2', 'SaveV2', { inputs: ['ShardedFilename:filename:0'] }),
  tensorflowNode('Pack', 'Pack', { inputs: ['ShardedFilename:filename:0', '^SaveV2'] }),
  tensorflowNode('MergeV2Checkpoints', 'MergeV2Checkpoints', { inputs: ['Pack:output:0', 'file_prefix'] }),
);
const restorer = tensorflowFunction(
  '__inference__traced_restore_1',
  textConstant('names', '/.ATTRIBUTES/VARIABLE_VALUE'),
  tensorflowNode('RestoreV2', 'RestoreV2', { inputs: ['file_prefix', 'names:output:0'] }),
);
