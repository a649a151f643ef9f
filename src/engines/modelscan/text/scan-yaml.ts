/** YAML configurations: tags that build objects of a language, and keys that name what to call. */
import {
  Alias,
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigTree } from './config-rules.ts';
import { decodeText } from './decode-text.ts';
import { JsonObject } from './strict-json.ts';

/** The tags of the YAML core and the harmless types of YAML 1.1; their values are plain data. */
const plainTags: ReadonlySet<string> = new Set(
  'map seq str null bool int float binary timestamp omap set pairs merge'
    .split(' ')
    .map((name) => `tag:yaml.org,2002:${name}`),
);

export async function scanYaml(scope: Scope, source: ByteSource): Promise<void> {
  const { yamlBytes, yamlAliasNodes, textDepth } = scope.context.limits;
  if (source.size > yamlBytes) throw new ScanStop('yaml-broken', { evidence: `${source.size} bytes` });
  const text = decodeText(source);
  if (text === undefined) throw new ScanStop('yaml-broken', { offset: 0, evidence: 'not UTF-8' });
  // The words themselves, because a document may break before its tag is read.
  judgeTagWords(scope, text);
  if (deepestFlow(text) > textDepth) throw new ScanStop('yaml-broken', { evidence: `deeper than ${textDepth}` });
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false });
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors;
    if (error !== undefined) scope.report('yaml-broken', { offset: error.pos[0], evidence: error.code });
    const expanded = expandedSize(document);
    visit(document, {
      Node: (_, node) => {
        judgeTag(scope, node);
      },
      Pair: (_, pair) => {
        const [key, value] = [pair.key, pair.value].map((node) => (isAlias(node) ? node.resolve(document) : node));
        if (isScalar(key)) judgeEntry(scope, String(key.value), isScalar(value) ? value.value : new JsonObject());
      },
    });
    if (expanded > yamlAliasNodes) scope.report('yaml-broken', { evidence: `aliases of ${expanded} nodes` });
  }
}

/** Tags that build objects of a language, by the words alone: also for text that only some loader takes for YAML. */
export function judgeTagWords(scope: Scope, text: string): void {
  const tag = /!<?[^\s>]{0,60}(?:python|ruby|perl|java|php|js)[/:][^\s]{0,80}/i.exec(text);
  if (tag !== null) scope.report('yaml-tag', { offset: tag.index, evidence: tag[0] });
}

const languageTag = /(?:python|ruby|perl|java|php|js)(?:[/:]|$)/i;

function judgeTag(scope: Scope, node: Node): void {
  const { tag } = node;
  if (tag === undefined || node instanceof Alias || plainTags.has(tag)) return;
  const language = tag.startsWith('tag:yaml.org,2002:') || languageTag.test(tag);
  scope.report(language ? 'yaml-tag' : 'yaml-tag-unknown', { offset: node.range?.[0] ?? 0, evidence: tag });
}

function judgeEntry(scope: Scope, key: string, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'boolean' && !(value instanceof JsonObject)) return;
  const entry = new JsonObject();
  entry.entries.push([key, value]);
  judgeConfigTree(scope, entry);
}

/** Nodes of the document with every alias replaced by what it stands for, as a loader builds them. */
function expandedSize(document: Document.Parsed): number {
  const sizes = new Map<unknown, number>();
  function sizeOf(node: unknown): number {
    if (isAlias(node)) return sizeOf(node.resolve(document));
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (!isCollection(node)) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    // An anchor that holds itself has no size of its own.
    sizes.set(node, 1);
    const size = node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1);
    sizes.set(node, size);
    return size;
  }
  return sizeOf(document.contents);
}

/** Flow collections nest on one line, so the parser's recursion is bounded before it starts. */
function deepestFlow(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
