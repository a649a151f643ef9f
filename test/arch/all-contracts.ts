/** Every door that tells browsers and programs of routes, as it lies in the tree: a list made by hand forgets the newest. */
import { glob } from 'node:fs/promises';
import path from 'node:path';

import type { RouteContract } from '#platform/contract';

/** What the contracts of all parts export; two of them may use the same name. */
export async function allContracts(): Promise<ReadonlyArray<readonly [name: string, value: unknown]>> {
  const exported: [string, unknown][] = [];
  const root = path.resolve(import.meta.dirname, '../..');
  for await (const file of glob('src/*/*/contract/index.ts', { cwd: root })) {
    const door: Record<string, unknown> = await import(path.join(root, file));
    exported.push(...Object.entries(door));
  }
  return exported;
}

export function isRoute(value: unknown): value is RouteContract {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}
