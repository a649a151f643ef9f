/** Decides what importing a dotted name means: on the allow list, in a denied family, or known to nobody. */
import type { ImportVerdict } from '../report.ts';
import type { RuleId } from '../rules.ts';
import { allowedImports } from './allow-list.ts';
import {
  closedModules,
  type DenyFamily,
  deniedComponents,
  denyFamilies,
  unlistedStandardNames,
} from './deny-families.ts';
import { type ImportedName, python3Name } from './python2-names.ts';
import { standardLibraryModules } from './standard-library.ts';

export interface ImportJudgement {
  /** Full dotted name that is loaded. */
  readonly name: string;
  readonly verdict: ImportVerdict;
  /** The rule it breaks; absent when allowed. */
  readonly rule?: RuleId;
}

/** Names from before numpy and torch moved their modules are judged as written and as Python 3 maps them. */
export function judgeImport(asked: ImportedName, protocol: number): ImportJudgement {
  const loaded = protocol < 3 ? python3Name(asked) : asked;
  const name = dotted(loaded);
  if (allowedImports.has(name)) return { name, verdict: 'allowed' };
  const denied = deniedBy(dotted(asked)) ?? deniedBy(name);
  if (denied !== undefined) return { name, verdict: 'denied', rule: denied };
  return { name, verdict: 'unknown', rule: 'pickle-import-unknown' };
}

function dotted({ module, name }: ImportedName): string {
  return `${module}.${name}`;
}

function deniedBy(full: string): RuleId | undefined {
  if (unlistedStandardNames.has(full) || isTorchScript(full)) return undefined;
  if (allowedImports.has(full)) return undefined;
  const components = full.replace(/^numpy\._core\./, 'numpy.core.').split('.');
  const family = familyOf(components);
  if (family !== undefined) return family.rule;
  const reached = reachedFamily(components);
  if (reached !== undefined) return reached.rule;
  if (components.some((component) => deniedComponents.has(component))) return 'pickle-import-internals';
  if (components.some(isInternal)) return 'pickle-import-internals';
  if (standardLibraryModules.has(components[0] ?? '')) return 'pickle-import-standard-library';
  if (closedModules.some((module) => covers(module, full))) return 'pickle-import-standard-library';
  return undefined;
}

const families: ReadonlyMap<string, number> = new Map(
  denyFamilies
    .flatMap(({ prefixes }, index) => prefixes.map((prefix): [string, number] => [prefix, index]))
    .toReversed(),
);

/** Words of the longest denied name: a hostile name may have a million, and none behind these makes a denied one. */
const LONGEST_DENIED = Math.max(...Array.from(families.keys(), (prefix) => prefix.split('.').length));

/** The first family that denies the name or a module above it. */
function familyOf(components: readonly string[]): DenyFamily | undefined {
  let first = Number.POSITIVE_INFINITY;
  let prefix = '';
  for (const component of components.slice(0, LONGEST_DENIED)) {
    prefix = prefix === '' ? component : `${prefix}.${component}`;
    first = Math.min(first, families.get(prefix) ?? first);
  }
  return denyFamilies[first];
}

/** Denied names of several words behind another module, whose attributes they are (`torch.nn.parameter.torch.hub.load`). */
function reachedFamily(components: readonly string[]): DenyFamily | undefined {
  for (let start = 1; start < components.length - 1; start += 1) {
    let prefix = components[start] ?? '';
    for (const component of components.slice(start + 1, start + LONGEST_DENIED)) {
      prefix = `${prefix}.${component}`;
      const family = denyFamilies[families.get(prefix) ?? -1];
      if (family !== undefined) return family;
    }
  }
  return undefined;
}

/** Classes compiled into a TorchScript archive, and the helpers its pickles name: judged with the code, not as imports. */
function isTorchScript(full: string): boolean {
  return /^__torch__(?:\.[A-Za-z_]\w*)+$/.test(full) || full.startsWith('torch.jit._pickle.');
}

function covers(prefix: string, full: string): boolean {
  return full === prefix || full.startsWith(`${prefix}.`);
}

/** `__globals__`, `__class__`, `__reduce__`, … lead out of any object; `__main__` is the program that loads. */
function isInternal(component: string): boolean {
  return component.startsWith('__') && component.endsWith('__') && component !== '__main__' && component.length > 4;
}
