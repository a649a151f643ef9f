/** The messages of onnx.proto (onnx/onnx, IR version 13, November 2025) as data: field number, name, type; `*` repeats. */
import { wireTypes } from '../protobuf/protobuf-reader.ts';

/** The newest IR version whose fields are all below. */
export const newestIrVersion = 13;

export interface FieldSchema {
  readonly name: string;
  readonly wire: number;
  readonly repeated: boolean;
  /** Bytes of one value where fixed, for packed lists. */
  readonly width: number | undefined;
  /** The message inside, when it is one. */
  readonly message: MessageName | undefined;
}

const scalarTypes: ReadonlyMap<string, { readonly wire: number; readonly width?: number }> = new Map([
  ['int', { wire: wireTypes.varint }],
  ['float', { wire: wireTypes.fixed32, width: 4 }],
  ['double', { wire: wireTypes.fixed64, width: 8 }],
  ['bytes', { wire: wireTypes.bytes }],
]);

const messages = {
  Model: `1 ir_version int, 2 producer_name bytes, 3 producer_version bytes, 4 domain bytes, 5 model_version int,
    6 doc_string bytes, 7 graph Graph, 8 opset_import OperatorSetId*, 14 metadata_props StringEntry*,
    20 training_info TrainingInfo*, 25 functions Function*, 26 configuration DeviceConfiguration*`,
  Graph: `1 node Node*, 2 name bytes, 5 initializer Tensor*, 10 doc_string bytes, 11 input ValueInfo*,
    12 output ValueInfo*, 13 value_info ValueInfo*, 14 quantization_annotation TensorAnnotation*,
    15 sparse_initializer SparseTensor*, 16 metadata_props StringEntry*`,
  Node: `1 input bytes*, 2 output bytes*, 3 name bytes, 4 op_type bytes, 5 attribute Attribute*, 6 doc_string bytes,
    7 domain bytes, 8 overload bytes, 9 metadata_props StringEntry*, 10 device_configurations NodeDeviceConfiguration*`,
  Attribute: `1 name bytes, 2 f float, 3 i int, 4 s bytes, 5 t Tensor, 6 g Graph, 7 floats float*, 8 ints int*,
    9 strings bytes*, 10 tensors Tensor*, 11 graphs Graph*, 13 doc_string bytes, 14 tp Type, 15 type_protos Type*,
    20 type int, 21 ref_attr_name bytes, 22 sparse_tensor SparseTensor, 23 sparse_tensors SparseTensor*`,
  Tensor: `1 dims int*, 2 data_type int, 3 segment Segment, 4 float_data float*, 5 int32_data int*, 6 string_data bytes*,
    7 int64_data int*, 8 name bytes, 9 raw_data bytes, 10 double_data double*, 11 uint64_data int*, 12 doc_string bytes,
    13 external_data StringEntry*, 14 data_location int, 16 metadata_props StringEntry*`,
  SparseTensor: '1 values Tensor, 2 indices Tensor, 3 dims int*',
  Function: `1 name bytes, 4 input bytes*, 5 output bytes*, 6 attribute bytes*, 7 node Node*, 8 doc_string bytes,
    9 opset_import OperatorSetId*, 10 domain bytes, 11 attribute_proto Attribute*, 12 value_info ValueInfo*,
    13 overload bytes, 14 metadata_props StringEntry*`,
  TrainingInfo: `1 initialization Graph, 2 algorithm Graph, 3 initialization_binding StringEntry*,
    4 update_binding StringEntry*`,
  OperatorSetId: '1 domain bytes, 2 version int',
  StringEntry: '1 key bytes, 2 value bytes',
  ValueInfo: '1 name bytes, 2 type Type, 3 doc_string bytes, 4 metadata_props StringEntry*',
  TensorAnnotation: '1 tensor_name bytes, 2 quant_parameter_tensor_names StringEntry*',
  Segment: '1 begin int, 2 end int',
  Type: `1 tensor_type TensorType, 4 sequence_type ElementType, 5 map_type MapType, 6 denotation bytes,
    7 opaque_type OpaqueType, 8 sparse_tensor_type TensorType, 9 optional_type ElementType`,
  TensorType: '1 elem_type int, 2 shape Shape',
  ElementType: '1 elem_type Type',
  MapType: '1 key_type int, 2 value_type Type',
  OpaqueType: '1 domain bytes, 2 name bytes',
  Shape: '1 dim Dimension*',
  Dimension: '1 dim_value int, 2 dim_param bytes, 3 denotation bytes',
  DeviceConfiguration: '1 name bytes, 2 num_devices int, 3 device bytes*',
  NodeDeviceConfiguration: '1 configuration_id bytes, 2 sharding_spec ShardingSpec*, 3 pipeline_stage int',
  ShardingSpec: `1 tensor_name bytes, 2 device int*, 3 index_to_device_group_map IntListEntry*,
    4 sharded_dim ShardedDim*`,
  IntListEntry: '1 key int, 2 value int*',
  ShardedDim: '1 axis int, 2 simple_sharding SimpleShardedDim*',
  SimpleShardedDim: '1 dim_value int, 2 dim_param bytes, 3 num_shards int',
} as const;

export type MessageName = keyof typeof messages;

const schemas: ReadonlyMap<string, ReadonlyMap<number, FieldSchema>> = new Map(
  Object.entries(messages).map(([name, text]) => [name, new Map(text.split(/,\s*/).map(readField))]),
);

export function fieldOf(message: MessageName, number: number): FieldSchema | undefined {
  return schemas.get(message)?.get(number);
}

function readField(text: string): [number, FieldSchema] {
  const [number = '', name = '', type = ''] = text.trim().split(' ');
  const base = type.replace('*', '');
  const scalar = scalarTypes.get(base);
  return [
    Number(number),
    {
      name,
      wire: scalar?.wire ?? wireTypes.bytes,
      repeated: type.endsWith('*'),
      width: scalar?.width,
      message: isMessage(base) ? base : undefined,
    },
  ];
}

function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}
