/** One sealing as a process: `seal.ts LEVEL SOURCE TARGET RECIPIENT FOLDER`, keys as files in the folder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { sealFile, sealingLevels, signerFrom } from '#engines/sealing';
import { systemRandom } from '#kernel/clock';

const [wanted, source = '', target = '', recipient = '', folder = ''] = process.argv.slice(2);
const level = sealingLevels.find((one) => one === wanted) ?? 'high';
const signer = signerFrom(await readFile(path.join(folder, 'signer'), 'utf8'));
const passphrase = await readFile(path.join(folder, 'passphrase'), 'utf8');
const { signal } = new AbortController();
await sealFile(
  { source, target, signal },
  { level, random: systemRandom, recipients: [recipient], signer, passphrase },
);
