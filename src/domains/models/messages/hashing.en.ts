/** Messages about measuring hashes. */
export const hashingEn = {
  'models.not-a-hash': '“{text}” is not a hash that models are published with.',
  'models.not-a-hash.advice':
    'Give hex digits: 64 of SHA256 or BLAKE3, 12 of AutoV3, 10 of AutoV2, 8 of CRC32 or AutoV1.',
  'models.bad-hash-line': 'Line {line} of the list is not a hash followed by a name. Nothing was measured.',
  'models.bad-hash-line.advice': 'Lists look as sha256sum writes them: the hash, two blanks, the name.',
  'models.expect-one-file': 'An expected hash belongs to one file.',
  'models.expect-one-file.advice': 'Name exactly one file, or give a list with --check.',
  'models.hash-nothing': 'There is nothing to measure.',
  'models.hash-nothing.advice': 'Name files or folders, or a list with --check.',
} as const;
