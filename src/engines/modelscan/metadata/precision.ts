/** In which numbers the weights are written, in the words people use. */

/** Element types of safetensors, torch storages, ONNX and GGUF; what is missing goes by its own name. */
const words: ReadonlyMap<string, string> = new Map([
  ...spelled('fp64', 'F64 DoubleStorage DOUBLE'),
  ...spelled('fp32', 'F32 FloatStorage FLOAT'),
  ...spelled('fp16', 'F16 HalfStorage FLOAT16'),
  ...spelled('bf16', 'BF16 BFloat16Storage BFLOAT16'),
  ...spelled('fp8', 'F8_E4M3 F8_E5M2 F8_E4M3FNUZ F8_E5M2FNUZ FLOAT8E4M3FN FLOAT8E4M3FNUZ FLOAT8E5M2 FLOAT8E5M2FNUZ'),
  ...spelled('fp4', 'F4 FLOAT4E2M1'),
  ...spelled('int8', 'I8 CharStorage INT8 QInt8Storage'),
  ...spelled('uint8', 'U8 ByteStorage UINT8 QUInt8Storage'),
  ...spelled('int4', 'INT4 UINT4'),
  ...spelled('int32', 'I32 IntStorage INT32'),
  ...spelled('int64', 'I64 LongStorage INT64'),
]);

/** llama.cpp's `general.file_type` (include/llama.h, llama_ftype). */
const ggufFileTypes: Readonly<Record<string, string>> = {
  0: 'fp32',
  1: 'fp16',
  2: 'Q4_0',
  3: 'Q4_1',
  7: 'Q8_0',
  8: 'Q5_0',
  9: 'Q5_1',
  10: 'Q2_K',
  11: 'Q3_K_S',
  12: 'Q3_K_M',
  13: 'Q3_K_L',
  14: 'Q4_K_S',
  15: 'Q4_K_M',
  16: 'Q5_K_S',
  17: 'Q5_K_M',
  18: 'Q6_K',
  19: 'IQ2_XXS',
  20: 'IQ2_XS',
  21: 'Q2_K_S',
  22: 'IQ3_XS',
  23: 'IQ3_XXS',
  24: 'IQ1_S',
  25: 'IQ4_NL',
  26: 'IQ3_S',
  27: 'IQ3_M',
  28: 'IQ2_S',
  29: 'IQ2_M',
  30: 'IQ4_XS',
  31: 'IQ1_M',
  32: 'bf16',
  36: 'TQ1_0',
  37: 'TQ2_0',
};

/** Norms, scales and a VAE are often left in another type. */
const MAIN_SHARE = 0.75;

export interface PrecisionSource {
  readonly dtypes: ReadonlyMap<string, number>;
  readonly notes: ReadonlyMap<string, string>;
  readonly names: readonly string[];
}

/** Null when there are no numbers; `mixed` when no type makes up three quarters of them. */
export function precisionOf({ dtypes, notes, names }: PrecisionSource): string | null {
  const stated = ggufFileTypes[notes.get('general.file_type') ?? ''];
  if (stated !== undefined) return stated;
  const shares = new Map<string, number>();
  let sum = 0;
  for (const [dtype, elements] of dtypes) {
    const word = words.get(dtype) ?? dtype;
    shares.set(word, (shares.get(word) ?? 0) + elements);
    sum += elements;
  }
  if (sum === 0) return null;
  // bitsandbytes packs two numbers of four bits into a byte and names its table.
  for (const kind of ['nf4', 'fp4']) {
    if (names.some((name) => name.endsWith(`.quant_state.bitsandbytes__${kind}`))) return kind;
  }
  return [...shares].find(([, elements]) => elements >= sum * MAIN_SHARE)?.[0] ?? 'mixed';
}

function spelled(word: string, dtypes: string): [string, string][] {
  return dtypes.split(' ').map((dtype) => [dtype, word]);
}
