/**
 * The imports a model file may make (scan-rules §3): what `torch.load(weights_only=True)` allows, numpy's array
 * constructors, plain containers. Each name says how it may be called; everything absent is at best suspicious.
 */

/** How a call of an allowed import is judged; `never` means that only naming it is ordinary. */
export type CallShape =
  | 'never'
  | 'container'
  | 'number'
  | 'range'
  | 'bytes'
  | 'encode'
  | 'default-dict'
  | 'data'
  | 'rebuild-tensor'
  | 'rebuild-from-type'
  | 'layout'
  | 'array-object'
  | 'joblib-array';

const DTYPES =
  'float16 float32 float64 half float double bfloat16 complex32 complex64 complex128 chalf cfloat cdouble uint8 ' +
  'uint16 uint32 uint64 int8 int16 int32 int64 short int long bool qint8 quint8 qint32 quint4x2 quint2x4 bits1x8 ' +
  'bits2x4 bits4x2 bits8 bits16 float8_e5m2 float8_e4m3fn float8_e5m2fnuz float8_e4m3fnuz float8_e8m0fnu ' +
  'float4_e2m1fn_x2 uint1 uint2 uint3 uint4 uint5 uint6 uint7 int1 int2 int3 int4 int5 int6 int7';

const SCHEMES =
  'per_tensor_affine per_tensor_symmetric per_channel_affine per_channel_symmetric per_channel_affine_float_qparams';

const LAYOUTS = 'strided sparse_coo sparse_csr sparse_csc sparse_bsr sparse_bsc';

/** Storage classes with the bytes of one element. */
export const storageItemSizes: ReadonlyMap<string, number> = new Map([
  ['DoubleStorage', 8],
  ['FloatStorage', 4],
  ['HalfStorage', 2],
  ['BFloat16Storage', 2],
  ['LongStorage', 8],
  ['IntStorage', 4],
  ['ShortStorage', 2],
  ['CharStorage', 1],
  ['ByteStorage', 1],
  ['BoolStorage', 1],
  ['ComplexFloatStorage', 8],
  ['ComplexDoubleStorage', 16],
  ['QUInt8Storage', 1],
  ['QInt8Storage', 1],
  ['QInt32Storage', 4],
  ['QUInt4x2Storage', 1],
  ['QUInt2x4Storage', 1],
  ['UntypedStorage', 1],
]);

const REBUILDERS =
  '_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state ' +
  '_rebuild_qtensor _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_meta_tensor_no_storage ' +
  '_rebuild_nested_tensor _rebuild_wrapper_subclass _rebuild_device_tensor_from_numpy ' +
  '_rebuild_device_tensor_from_cpu_tensor';

const TENSOR_CLASSES =
  'FloatTensor DoubleTensor HalfTensor BFloat16Tensor ByteTensor CharTensor ShortTensor IntTensor LongTensor BoolTensor';

const NUMPY_CORES = 'numpy.core numpy._core';

const lightningCheckpoint = 'callbacks.model_checkpoint.ModelCheckpoint';

export const allowedImports: ReadonlyMap<string, CallShape> = new Map<string, CallShape>([
  ['collections.OrderedDict', 'container'],
  ['collections.Counter', 'container'],
  ['collections.defaultdict', 'default-dict'],
  ...named('builtins', 'set frozenset list dict tuple', 'container'),
  ...named('builtins', 'bytes bytearray', 'bytes'),
  ...named('builtins', 'int float complex bool str', 'number'),
  ...named('builtins', 'range slice', 'range'),
  ...named('builtins', 'object Ellipsis NotImplemented', 'never'),
  ['_codecs.encode', 'encode'],
  ...named('torch', DTYPES, 'never'),
  ...named('torch', SCHEMES, 'never'),
  ...named('torch', LAYOUTS, 'never'),
  ...named('torch', [...storageItemSizes.keys()].join(' '), 'never'),
  ...named('torch.cuda', [...storageItemSizes.keys()].join(' '), 'never'),
  ...named('torch.storage', 'UntypedStorage TypedStorage', 'never'),
  ...named('torch', TENSOR_CLASSES, 'never'),
  ...named('torch.cuda', TENSOR_CLASSES, 'never'),
  ...named('torch._utils', REBUILDERS, 'rebuild-tensor'),
  ['torch._tensor._rebuild_from_type_v2', 'rebuild-from-type'],
  ['torch.serialization._get_layout', 'layout'],
  ...named('torch', 'Size device', 'data'),
  ['torch.Tensor', 'data'],
  ...named('torch.nn.parameter', 'Parameter Buffer UninitializedParameter', 'data'),
  ['torch.nn.Parameter', 'data'],
  ['torch.nn.modules.container.ParameterDict', 'data'],
  ...['numpy', 'numpy.core.multiarray', 'numpy._core.multiarray'].flatMap((module) =>
    named(module, 'ndarray dtype', 'data'),
  ),
  ...NUMPY_CORES.split(' ').flatMap((core) => [
    ...named(`${core}.multiarray`, '_reconstruct scalar', 'data'),
    ...named(`${core}.numeric`, '_frombuffer', 'data'),
  ]),
  ['joblib.numpy_pickle.NumpyArrayWrapper', 'joblib-array'],
  ...['pytorch_lightning', 'lightning.pytorch', 'lightning_fabric'].map((root): [string, CallShape] => [
    `${root}.${lightningCheckpoint}`,
    'never',
  ]),
]);

function named(module: string, names: string, shape: CallShape): [string, CallShape][] {
  return names.split(' ').map((name) => [`${module}.${name}`, shape]);
}
