/** The architecture as rules over single imports (blueprint §2, style.md "The house"). */
import { isTest } from '../tracked-files.ts';
import type { Edge } from './import-graph.ts';

export interface Rule {
  readonly name: string;
  /** Why it exists and what to do instead, shown with each violation. */
  readonly advice: string;
  isViolatedBy(edge: Edge): boolean;
}

const layers = ['kernel', 'engines', 'platform', 'domains', 'adapters', 'app'];

/** `src/engines/vault/x.ts` → `src/engines/vault`: the part that only its door may be imported from. */
function moduleOf(file: string): string {
  const parts = file.split('/');
  if (parts[0] !== 'src') return parts[0] ?? '';
  const wholeLayer = parts[1] === 'kernel' || parts[1] === 'app';
  return parts.slice(0, wholeLayer ? 2 : 3).join('/');
}

function layerOf(file: string | undefined): number {
  const parts = file?.split('/') ?? [];
  return parts[0] === 'src' ? layers.indexOf(parts[1] ?? '') : -1;
}

function siblingsOf(layer: string): (edge: Edge) => boolean {
  return ({ from, to }) =>
    to !== undefined &&
    layerOf(from) === layers.indexOf(layer) &&
    layerOf(to) === layerOf(from) &&
    moduleOf(from) !== moduleOf(to);
}

function isSource(file: string): boolean {
  return file.startsWith('src/') && !isTest(file);
}

const sqlPackages = new Set(['kysely', 'pg', 'pg-boss', 'node:sqlite']);
const sqlHomes = /^src\/(platform|adapters)\/|^src\/domains\/[^/]+\/(store|migrations)\//;
const networkHomes = /^src\/(engines\/transfer|platform\/outbound)\//;
const processModules = new Set(['node:child_process', 'node:cluster', 'child_process', 'cluster']);
const innerFolders = /^src\/domains\/[^/]+\/(contract|core|http|jobs|cli)\//;

export const rules: readonly Rule[] = [
  {
    name: 'layers point one way',
    advice:
      'kernel <- engines <- platform <- domains <- adapters <- app: invert the dependency with a port or an event.',
    isViolatedBy: ({ from, to }) => layerOf(from) >= 0 && layerOf(to) > layerOf(from),
  },
  {
    name: 'engines do not know each other',
    advice: 'What two engines share belongs to the kernel; who joins them sits above.',
    isViolatedBy: siblingsOf('engines'),
  },
  {
    name: 'domains do not know each other',
    advice: 'Join them in src/app/bridges by an event and a door.',
    isViolatedBy: siblingsOf('domains'),
  },
  {
    name: 'only through doors',
    advice: 'A relative import never leaves its module; use the # door of package.json#imports.',
    isViolatedBy: ({ from, to, specifier }) =>
      specifier.startsWith('.') &&
      to !== undefined &&
      moduleOf(from) !== moduleOf(to) &&
      // Only the product has doors; package.json is nobody's.
      (to.startsWith('src/') || (from.startsWith('src/') && to !== 'package.json')) &&
      // Contract kits and fakes: a module's testing/ folder is its door for tests and benchmarks.
      !(to.includes('/testing/') && (isTest(from) || from.startsWith('bench/'))),
  },
  {
    name: 'doors exist',
    advice: 'package.json#imports knows no such door.',
    isViolatedBy: ({ specifier, to }) => specifier.startsWith('#') && to === undefined,
  },
  {
    name: 'the kernel imports nothing',
    advice: 'Only node: modules and itself.',
    isViolatedBy: ({ from, specifier }) =>
      layerOf(from) === 0 && !isTest(from) && !/^(\.|#kernel\/|node:)/.test(specifier),
  },
  {
    name: 'web sees contracts only',
    advice: 'Import #DOMAIN/contract, nothing else of src; pages of docs/ as text (?raw).',
    isViolatedBy: ({ from, to, specifier }) =>
      from.startsWith('web/') &&
      to !== undefined &&
      !to.startsWith('web/') &&
      !/^(?:\.\.\/)+docs\/.+\.md\?raw$/.test(specifier) &&
      !/^#[a-z0-9-]+(\/[a-z0-9-]+)*\/contract$/.test(specifier),
  },
  {
    name: 'SQL lives in stores',
    advice: 'Move the query to store/ or migrations/ and call it from there.',
    isViolatedBy: ({ from, specifier }) => isSource(from) && sqlPackages.has(specifier) && !sqlHomes.test(from),
  },
  {
    name: 'use cases do not open the database',
    advice: 'Take the store or the unit of work as a dependency; types of #platform/db may be imported.',
    isViolatedBy: ({ from, specifier, typeOnly }) =>
      isSource(from) && innerFolders.test(from) && specifier === '#platform/db' && !typeOnly,
  },
  {
    name: 'child processes in one place',
    advice: 'Use #platform/processes: argument arrays, time-outs, no shell.',
    isViolatedBy: ({ from, specifier }) =>
      isSource(from) && processModules.has(specifier) && !from.startsWith('src/platform/processes/'),
  },
  {
    name: 'one way out to the network',
    advice: 'Use #platform/outbound (or #engines/transfer for files); it guards addresses and keeps the pace.',
    isViolatedBy: ({ from, specifier }) => isSource(from) && specifier === 'undici' && !networkHomes.test(from),
  },
  {
    name: 'tests stay out of the product',
    advice: 'Test code lives in *.test.ts, testing/ and test/.',
    isViolatedBy: ({ from, to, specifier }) =>
      isSource(from) &&
      (specifier.startsWith('node:test') || specifier === 'fast-check' || (to !== undefined && isTest(to))),
  },
];

/** A file of the product that calls the network by a global function instead of the one egress client. */
export function mayCallNetwork(file: string): boolean {
  return !isSource(file) || networkHomes.test(file);
}
