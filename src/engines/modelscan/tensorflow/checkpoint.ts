/** TensorFlow checkpoints beside a model: an index and shards of raw numbers, which no loader interprets. */
import type { ByteSource } from '../byte-source.ts';

/** Last bytes of a table (tensorflow/core/lib/io/format.h). */
const TABLE_MAGIC = Buffer.from('57fb808b247547db', 'hex');

export function isCheckpointIndex(source: ByteSource): boolean {
  return source.size >= 48 && source.read(source.size - TABLE_MAGIC.length, TABLE_MAGIC.length).equals(TABLE_MAGIC);
}

/** Nothing but its name tells a shard from noise. */
export function isCheckpointShard(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => /\.data-\d{5}-of-\d{5}$/.test(name));
}
