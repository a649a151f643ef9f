import fs from 'node:fs/promises';
import path from 'node:path';

export interface ThrownCode {
  readonly code: string;
  /** The kind as written, or undefined where it is computed. */
  readonly kind: string | undefined;
  readonly file: string;
}

/** Every error code written as `new KuraError(kind, 'code'` in the product's sources. */
export async function thrownCodes(root: string, files: readonly string[]): Promise<readonly ThrownCode[]> {
  const sources = files.filter((file) => /^src\/.*\.ts$/.test(file) && !/\.test\.ts$|\/testing\//.test(file));
  const found = await Promise.all(
    sources.map(async (file) => {
      const text = await fs.readFile(path.join(root, file), 'utf8');
      const matches = text.matchAll(/new KuraError\(\s*(?:'([a-z-]+)'|[^,'"]+),\s*'([^']+)'/g);
      return [...matches].map((match) => ({ code: match[2] ?? '', kind: match[1], file }));
    }),
  );
  return found.flat();
}
