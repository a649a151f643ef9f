/** Name, type and sides of an initializer: what a model's weights are called. */
import type { TensorFacts } from '../metadata/tensor-facts.ts';
import type { ProtobufReader } from '../protobuf/protobuf-reader.ts';
import { elementTypes } from './element-types.ts';
import { textOf } from './read-text.ts';
import type { OnnxMessage } from './walk-messages.ts';

export function tensorFacts(reader: ProtobufReader, tensor: OnnxMessage): TensorFacts {
  const name = tensor.all('name').at(-1);
  const type = tensor.all('data_type').at(-1)?.value ?? 0;
  const shape = tensor.all('dims').map(({ value }) => value);
  return {
    name: name === undefined ? '' : textOf(reader, name),
    dtype: elementTypes.get(type)?.name ?? 'unknown',
    elements: shape.reduce((product, side) => product * side, 1),
    shape,
  };
}
