import fs from 'node:fs/promises';
import path from 'node:path';

import { isTypeScript, trackedFiles } from '../tracked-files.ts';
import { type FileFacts, factsOf } from './imports-of.ts';

export interface Edge {
  readonly from: string;
  readonly specifier: string;
  /** Path from the root for our own files; undefined for packages and `node:` modules. */
  readonly to: string | undefined;
  readonly typeOnly: boolean;
}

export interface ImportGraph {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly edges: readonly Edge[];
}

type Doors = readonly (readonly [pattern: string, target: string])[];

export async function readImportGraph(root: string, signal?: AbortSignal): Promise<ImportGraph> {
  const sources = (await trackedFiles(root, signal)).filter((file) => isTypeScript(file));
  const doors = await readDoors(root);
  const files = new Map<string, FileFacts>();
  const edges: Edge[] = [];
  for (const file of sources) {
    signal?.throwIfAborted();
    const facts = await factsOf(path.join(root, file));
    files.set(file, facts);
    for (const { specifier, typeOnly } of facts.imports) {
      edges.push({ from: file, specifier, to: resolveSpecifier(file, specifier, doors), typeOnly });
    }
  }
  return { files, edges };
}

async function readDoors(root: string): Promise<Doors> {
  const manifest: unknown = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  const imports = typeof manifest === 'object' && manifest !== null && 'imports' in manifest ? manifest.imports : {};
  // Exact names win over patterns, as in Node's resolution.
  return Object.entries(imports ?? {})
    .map(([pattern, target]) => [pattern, String(target)] as const)
    .toSorted(([a], [b]) => Number(a.includes('*')) - Number(b.includes('*')));
}

function resolveSpecifier(from: string, specifier: string, doors: Doors): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier);
  if (!specifier.startsWith('#')) return undefined;
  for (const [pattern, target] of doors) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined && pattern === specifier) return path.posix.normalize(target);
    if (after !== undefined && specifier.startsWith(before) && specifier.endsWith(after)) {
      const star = specifier.slice(before.length, specifier.length - after.length);
      return path.posix.normalize(target.replace('*', star));
    }
  }
  return undefined;
}
