/** `kura hash FILE…`: the six hashes by which CivitAI names files. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { type HashedPath, hashPaths } from '../core/hashing/hash-paths.ts';
import { exitCodeOf } from './exit-code.ts';
import { tellFault } from './tell-fault.ts';

type Measured = Exclude<HashedPath, { readonly error: unknown }>;

export const hashCommand: Command<unknown> = defineCommand<unknown>()({
  words: ['hash'],
  arguments: [{ name: 'file', required: true, variadic: true }],
  output: 'ndjson',
  input: z.strictObject({ file: z.array(z.string().min(1)).min(1) }),
  async run({ file }, { out, signal, translator }) {
    const count = { done: 0, failed: 0 };
    function onProgress(path: string, hashed: number, total: number): void {
      const sizes = { hashed: translator.bytes(hashed), total: translator.bytes(total) };
      out.progress(translator.text('cli.hash.progress', { path, ...sizes }));
    }
    for await (const one of hashPaths(file, { signal, onProgress })) {
      if ('error' in one) {
        count.failed += 1;
        tellFault(one, { out, translator });
      } else {
        count.done += 1;
        out.event(one, () => readable(one, translator));
      }
    }
    return exitCodeOf(count);
  },
});

function readable({ path, sizeBytes, hashes }: Measured, translator: Translator): string {
  const rows = Object.entries(hashes).map(([name, value]: [string, string]) => ['', name, value]);
  return `${path}  (${translator.bytes(sizeBytes)})\n${table(rows)}`;
}
