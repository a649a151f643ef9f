/** ハッシュ計算のメッセージ。 */
export const hashingJa = {
  'models.not-a-hash': '「{text}」はモデルの公開に使われるハッシュではありません。',
  'models.not-a-hash.advice':
    '16 進数で指定してください: SHA256・BLAKE3 は 64 桁、AutoV3 は 12 桁、AutoV2 は 10 桁、CRC32・AutoV1 は 8 桁です。',
  'models.bad-hash-line': '一覧の {line} 行目が「ハッシュと名前」になっていません。何も計算していません。',
  'models.bad-hash-line.advice': 'sha256sum の出力と同じ形です: ハッシュ、空白 2 つ、名前。',
  'models.expect-one-file': '期待するハッシュは 1 つのファイルにだけ指定できます。',
  'models.expect-one-file.advice': 'ファイルを 1 つだけ指定するか、--check で一覧を渡してください。',
  'models.hash-nothing': '計算するものがありません。',
  'models.hash-nothing.advice': 'ファイルかフォルダー、または --check で一覧を指定してください。',
} as const;
