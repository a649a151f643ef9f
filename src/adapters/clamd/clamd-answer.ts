/** What clamd answers, read strictly: what is not understood is no verdict (clamd(8), "COMMANDS"). */
import { instant } from '#kernel/brands';
import type { MessageParams } from '#kernel/errors';
import type { VirusEngine } from '#models/ports';

export type StreamAnswer =
  | { readonly result: 'clean' }
  | { readonly result: 'infected'; readonly signature: string }
  | { readonly result: 'not-scanned'; readonly code: string; readonly params: MessageParams };

/** Answer to INSTREAM; undefined when it is none. */
export function readStreamAnswer(answer: string): StreamAnswer | undefined {
  if (answer === 'stream: OK') return { result: 'clean' };
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (signature !== undefined) {
    // With AlertExceedsMax, clamd reports its own limits in the words of a find.
    const limit = /^Heuristics\.Limits\.Exceeded(?:\.(.+))?$/.exec(signature);
    if (limit === null) return { result: 'infected', signature };
    return { result: 'not-scanned', code: 'clamd.scan-limit', params: { limit: limit[1] ?? signature } };
  }
  if (/size limit exceeded/i.test(answer)) return { result: 'not-scanned', code: 'clamd.stream-limit', params: {} };
  if (answer.endsWith(' ERROR')) return { result: 'not-scanned', code: 'clamd.refused', params: { answer } };
  return undefined;
}

/** Answer to VERSION: `ClamAV 1.4.6/27500/Sat Dec 28 09:31:26 2024`; less where the official signatures are missing. */
export function readVersionAnswer(answer: string): VirusEngine | undefined {
  const [name = '', version, date] = answer.split('/');
  if (!/^ClamAV \S/.test(name)) return undefined;
  const time = Date.parse(date ?? '');
  return {
    name,
    signatures: { version: version ?? null, date: Number.isNaN(time) ? null : instant(new Date(time)) },
  };
}
