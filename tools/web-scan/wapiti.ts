/** One module of wapiti at a time, so that it is seen how long each takes and which came to its end. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

import { runCommand } from '../commands/run-command.ts';

/** wapiti calls 1 low, 2 medium, 3 high, 4 critical. */
export const high = 3;
/** Per module, of which blind SQL takes longest: some 220 requests for each parameter. */
const mostSeconds = 600;

export interface Finding {
  readonly level: number;
  readonly kind: string;
  readonly where: string;
  readonly info: string;
}

export interface ModuleResult {
  readonly who: string;
  readonly name: string;
  readonly version: string;
  readonly addresses: number;
  readonly requests: number;
  readonly seconds: number;
  /** False where time was up before everything was tried. */
  readonly isWhole: boolean;
  readonly findings: readonly Finding[];
}

export interface ScanWish {
  readonly who: string;
  readonly name: string;
  readonly folder: string;
  readonly url: string;
  readonly addresses: readonly string[];
  /** Sent with every request. */
  readonly header?: string | undefined;
}

const foundSchema = z.record(
  z.string(),
  z.array(z.object({ level: z.number(), path: z.string(), info: z.string(), parameter: z.string().nullish() })),
);
const report = z.object({
  infos: z.object({ version: z.string() }),
  vulnerabilities: foundSchema,
  anomalies: foundSchema,
});

/** @throws Error when wapiti itself fails */
export async function wapiti(wish: ScanWish): Promise<ModuleResult> {
  const { who, name, folder, url, addresses, header } = wish;
  const file = path.join(folder, `${who}-${name}.json`);
  const began = performance.now();
  const options = {
    // Nothing is followed: a page of the UI leads to all others, and each is the same file.
    '--url': `${url}/`,
    '--scope': 'folder',
    '--depth': '1',
    '--store-session': folder,
    '--level': '1',
    '--timeout': '10',
    '--module': name,
    '--max-attack-time': String(mostSeconds),
    '--scan-force': 'paranoid',
    '--format': 'json',
    '--output': file,
    '-v': '2',
    ...(header === undefined ? {} : { '--header': `Authorization: ${header}` }),
  };
  const starts = addresses.flatMap((one) => ['--start', one]);
  const args = ['--flush-session', '--no-bugreport', ...Object.entries(options).flat(), ...starts];
  const { code, stdout, stderr } = await runCommand('wapiti', args, { cwd: folder });
  if (code !== 0) throw new Error(`wapiti ended with ${code}: ${stderr.slice(-2000)}`);
  const { infos, vulnerabilities, anomalies } = report.parse(JSON.parse(await readFile(file, 'utf8')));
  return {
    who,
    name,
    version: infos.version,
    addresses: addresses.length,
    requests: stdout.split('\n').filter((line) => line.startsWith('[¨]')).length,
    seconds: Math.round((performance.now() - began) / 1000),
    isWhole: !stdout.includes('Max attack time was reached'),
    findings: [vulnerabilities, anomalies].flatMap((found) =>
      Object.entries(found).flatMap(([kind, all]) =>
        all.map(({ level, path: where, info, parameter }) => ({
          level,
          kind,
          where,
          info: parameter ? `${info} (${parameter})` : info,
        })),
      ),
    ),
  };
}
