/**
 * What a TypeScript file imports, types included, read from swc's syntax tree. (dependency-cruiser cannot do this here:
 * TypeScript 7 has no JS API, and its swc visitor stops at `using` declarations.)
 */
import { parseFile } from '@swc/core';

export interface Import {
  readonly specifier: string;
  /** Erased by type stripping: counts for layers and cycles, not for what a browser loads. */
  readonly typeOnly: boolean;
}

export interface FileFacts {
  readonly imports: readonly Import[];
  /** Global network functions the file calls by name, e.g. `fetch`. */
  readonly networkCalls: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const networkGlobals = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);

/** @throws when the file does not parse. */
export async function factsOf(file: string): Promise<FileFacts> {
  const tree = await parseFile(file, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2024' });
  const imports: Import[] = [];
  const networkCalls: string[] = [];
  const bound = new Set<string>();
  walk(tree, (node) => {
    const found = importIn(node);
    if (found) imports.push(found);
    const called = networkCallIn(node);
    if (called !== undefined) networkCalls.push(called);
    // A binding (parameter, variable, import) carries a type annotation field or is an import's local name.
    if (node['type'] === 'Identifier' && 'typeAnnotation' in node) bound.add(String(node['value']));
    if (node['type'] === 'ImportSpecifier') bound.add(textAt(node['local']) ?? '');
    if (node['type'] === 'FunctionDeclaration') bound.add(textAt(node['identifier']) ?? '');
  });
  return { imports, networkCalls: networkCalls.filter((name) => !bound.has(name)) };
}

function importIn(node: Node): Import | undefined {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return toImport(textAt(node['source']), node['typeOnly'] === true || everySpecifierIsType(node['specifiers']));
    case 'TsImportType':
      return toImport(textAt(node['argument']), true);
    case 'TsExternalModuleReference':
      return toImport(textAt(node['expression']), false);
    case 'CallExpression':
      return isNode(node['callee']) && node['callee']['type'] === 'Import'
        ? toImport(textAt(firstArgument(node)), false)
        : undefined;
    default:
      return undefined;
  }
}

function networkCallIn(node: Node): string | undefined {
  if (node['type'] !== 'CallExpression' && node['type'] !== 'NewExpression') return undefined;
  const callee = node['callee'];
  if (!isNode(callee)) return undefined;
  const global = callee['type'] === 'MemberExpression' && textAt(callee['object']) === 'globalThis';
  const name = global ? textAt(callee['property']) : textAt(callee);
  return name !== undefined && networkGlobals.has(name) ? name : undefined;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
    return;
  }
  if (!isNode(value)) return;
  if (typeof value['type'] === 'string') visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function toImport(specifier: string | undefined, typeOnly: boolean): Import | undefined {
  return specifier === undefined ? undefined : { specifier, typeOnly };
}

function everySpecifierIsType(specifiers: unknown): boolean {
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((specifier) => isNode(specifier) && specifier['isTypeOnly'] === true);
}

function firstArgument(call: Node): unknown {
  const first: unknown = Array.isArray(call['arguments']) ? call['arguments'][0] : undefined;
  return isNode(first) ? first['expression'] : undefined;
}

/** The text of a string literal, an identifier or a template without parameters. */
function textAt(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value['type'] === 'StringLiteral' || value['type'] === 'Identifier') return String(value['value']);
  if (value['type'] !== 'TemplateLiteral' || !Array.isArray(value['quasis']) || value['quasis'].length !== 1) {
    return undefined;
  }
  const only: unknown = value['quasis'][0];
  return isNode(only) ? String(only['cooked']) : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
