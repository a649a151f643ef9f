export const en = {
  'cli.hash': 'measure the six hashes by which CivitAI names files (nothing is sent anywhere)',
  'cli.hash.file': 'files to measure',
  'cli.hash.progress': '{path}: {hashed} of {total}',
  'cli.fetch': 'download any address with several connections; broken off, it goes on where it stopped',
  'cli.fetch.url': 'address of the file (http or https)',
  'cli.fetch.out': 'file to write; its folder is made when missing',
  'cli.fetch.sha256': 'SHA-256 the file must have; exit code 5 when it does not',
  'cli.fetch.connections': 'parallel connections, 1 to 16 (default 4)',
  'cli.fetch.connecting': 'Connecting …',
  'cli.fetch.waiting': 'Waiting before the next attempt …',
  'cli.fetch.verifying': 'Verifying …',
  'cli.fetch.verified': 'Verified.',
  'cli.fetch.progress': '{percent} %  {received} of {total}  {speed}/s  {eta} s left  {connections} connections',
  'cli.fetch.progress-open': '{received}  {speed}/s  {connections} connections',
  'cli.fetch.done': '{path}: {size} in {seconds} s.\nSHA256 {sha256}',
  'cli.fetch.resumed': '{path}: {size} in {seconds} s, continued after {resumed}.\nSHA256 {sha256}',
  'cli.fetch.was-there': '{path} has exactly this content already ({size}).\nSHA256 {sha256}',
  'models.fetch-target-not-a-file': '{path} is a folder or a device, not a file. Nothing was fetched.',
  'models.fetch-target-not-a-file.advice': 'Name the file itself with --out, for example a name inside that folder.',
  'models.fetch-target-differs':
    '{path} exists with other content (SHA256 {actual}). It was left as it is, nothing was fetched.',
  'models.fetch-target-differs.advice': 'Name another file with --out, or move the existing one away first.',
  'models.fetch-target-exists':
    '{path} exists with other content and was left as it is. The new file waits beside it as {part}.',
  'models.fetch-target-exists.advice':
    'Move the existing file away and run the same command again: nothing is fetched twice. Or delete {part}.',
} as const;
