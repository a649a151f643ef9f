/**
 * Files like those of models: a safetensors header, then tensors of half-precision numbers, normally distributed with a
 * width of their own per tensor. Random bytes would be wrong: the exponents of real weights shrink a little.
 */
import { createHash, randomFillSync } from 'node:crypto';
import { open } from 'node:fs/promises';

import { KIB, MIB } from '#kernel/units';

const TENSOR_BYTES = 8 * MIB;
const QUANTILES = 64 * KIB;

export async function writeWeights(file: string, bytes: number): Promise<void> {
  await using handle = await open(file, 'w');
  const header = headerFor(bytes);
  await handle.write(header);
  const tensor = new Uint16Array(TENSOR_BYTES / 2);
  for (let left = bytes - header.byteLength, number = 0; left > 0; left -= TENSOR_BYTES, number += 1) {
    const table = halfPrecisionTable(0.01 + widthOf(number) * 0.09);
    randomFillSync(tensor);
    for (let at = 0; at < tensor.length; at += 1) tensor[at] = table[tensor[at] ?? 0] ?? 0;
    await handle.write(new Uint8Array(tensor.buffer, 0, Math.min(left, TENSOR_BYTES)));
  }
}

function headerFor(bytes: number): Buffer {
  const tensors = Math.ceil(bytes / TENSOR_BYTES);
  const names = Array.from({ length: tensors }, (_, number) => [
    `model.diffusion_model.blocks.${number}.weight`,
    { dtype: 'F16', shape: [2048, 2048], data_offsets: [number * TENSOR_BYTES, (number + 1) * TENSOR_BYTES] },
  ]);
  const text = JSON.stringify(Object.fromEntries(names));
  // As the reference implementation does: blanks, so that the numbers begin at a multiple of eight.
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  return Buffer.concat([length, json]);
}

/** 0 to 1, the same for the same tensor. */
function widthOf(number: number): number {
  return createHash('sha256').update(String(number)).digest().readUInt32LE(0) / 2 ** 32;
}

/** Equally probable numbers of a normal distribution: a random index is a random weight. */
function halfPrecisionTable(sigma: number): Uint16Array {
  const half = new Float16Array(QUANTILES);
  for (let index = 0; index < QUANTILES; index += 1) half[index] = sigma * normalQuantile((index + 0.5) / QUANTILES);
  return new Uint16Array(half.buffer);
}

/** Shore's approximation (1982), good to about a hundredth: enough to have the right exponents. */
function normalQuantile(probability: number): number {
  const upper = probability < 0.5 ? 1 - probability : probability;
  const value = 5.5556 * (1 - ((1 - upper) / upper) ** 0.1186);
  return probability < 0.5 ? -value : value;
}
