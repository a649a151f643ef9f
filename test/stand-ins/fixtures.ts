/** Where the recorded answers of other systems are: `KURA_FIXTURES`, or `../shared/fixtures` beside the repository. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type FixturesFolder =
  | { readonly found: true; readonly path: string }
  /** `reason` is what a test says when it skips. */
  | { readonly found: false; readonly reason: string };

/**
 * The folder with the recordings of one system (`civitai`, …). `KURA_FIXTURES` may name the folder of all systems or
 * that of the one.
 * @throws Error when it is missing under `CI=true`: a check that silently skips there would be no check.
 */
export function fixturesFolder(system: string): FixturesFolder {
  const set = process.env['KURA_FIXTURES'];
  const candidates =
    set === undefined || set === ''
      ? [fileURLToPath(new URL(`../../../shared/fixtures/${system}`, import.meta.url))]
      : [resolve(set, system), resolve(set)];
  const path = candidates.find((candidate) => existsSync(resolve(candidate, 'index.json')));
  if (path !== undefined) return { found: true, path };
  const reason = `no recorded ${system} answers in ${candidates.join(' or ')}; set KURA_FIXTURES to the folder that holds them`;
  if (process.env['CI'] === 'true') throw new Error(reason);
  return { found: false, reason };
}
