/** A virus scanner that finds one text, for tests of what follows from it; held to the contract of the real one. */
import { readFile } from 'node:fs/promises';

import { type Instant, instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

import type { VirusEngine, VirusScanner } from '../ports.ts';

export interface FakeVirusScanner extends VirusScanner {
  /** Bytes in which it finds `Fake.Virus`. */
  finds: string;
  signatures: { version: string | null; date: Instant | null };
  /** Nobody answers. */
  isGone: boolean;
  /** Files it was shown. */
  readonly scans: string[];
}

export const FAKE_SIGNATURE = 'Fake.Virus';

export function createFakeVirusScanner(finds: string): FakeVirusScanner {
  async function state(signal: AbortSignal): Promise<VirusEngine> {
    signal.throwIfAborted();
    if (fake.isGone) throw gone();
    return { name: 'Fake 1.0', signatures: { ...fake.signatures } };
  }

  const fake: FakeVirusScanner = {
    finds,
    signatures: { version: '1', date: instant(new Date('2026-11-20T00:00:00Z')) },
    isGone: false,
    scans: [],
    state,
    async scan(path, signal) {
      signal.throwIfAborted();
      fake.scans.push(path);
      const content = fake.isGone ? undefined : await readFile(path).catch(() => undefined);
      if (content === undefined) {
        const { code, params } = gone();
        return { result: 'not-scanned', signature: null, engine: null, reason: { code, params } };
      }
      const isInfected = content.includes(fake.finds);
      const result = isInfected ? 'infected' : 'clean';
      return { result, signature: isInfected ? FAKE_SIGNATURE : null, engine: await state(signal), reason: null };
    },
  };
  return fake;
}

function gone(): KuraError {
  return new KuraError('unavailable', 'models.virus-scan-not-yet');
}
