/** Measured hashes under the names and in the spelling in which CivitAI publishes them (civitai-api.md §4.5). */
import type { FileHashes } from '#engines/transfer';

/** Hex digits in upper case. */
export interface SpelledHashes {
  readonly AutoV1: string;
  readonly AutoV2: string;
  /** Only safetensors files with tensors have one. */
  readonly AutoV3?: string | undefined;
  readonly SHA256: string;
  readonly CRC32: string;
  readonly BLAKE3: string;
}

/** SHA-256 of no bytes, first 8 digits: what AUTOMATIC1111, who invented AutoV1, shows for files of 1 MiB and less. */
const AUTO_V1_OF_SHORT_FILE = 'E3B0C442';

export function spellHashes(hashes: FileHashes): SpelledHashes {
  const { AutoV1, AutoV2, AutoV3, SHA256, CRC32 = '', BLAKE3 = '' } = hashes;
  return {
    AutoV1: AutoV1?.toUpperCase() ?? AUTO_V1_OF_SHORT_FILE,
    AutoV2: AutoV2.toUpperCase(),
    ...(AutoV3 ? { AutoV3: AutoV3.toUpperCase() } : {}),
    SHA256: SHA256.toUpperCase(),
    CRC32: CRC32.toUpperCase(),
    BLAKE3: BLAKE3.toUpperCase(),
  };
}
