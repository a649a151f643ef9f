/** YAML configurations: tags that build objects of a language, and keys that name what to call. */
import { Alias, type Document, isAlias, isCollection, isPair, type Node, parseAllDocuments, visit } from 'yaml';

import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigTree } from './config-rules.ts';
import { decodeText } from './decode-text.ts';
import { treeOf } from './yaml-tree.ts';

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
  for (const document of documentsIn(text)) {
    const [error] = document.errors;
    if (error !== undefined) scope.report('yaml-broken', { offset: error.pos[0], evidence: error.code });
    const expanded = expandedSize(document);
    judgeDocument(scope, document);
    if (expanded > yamlAliasNodes) scope.report('yaml-broken', { evidence: `aliases of ${expanded} nodes` });
  }
}

/** Text that only some loader takes for YAML: what is harmful in it, where it can be read as YAML at all. */
export function judgePossibleYaml(scope: Scope, text: string): void {
  judgeTagWords(scope, text);
  judgeWholeYaml(scope, text);
}

/** The same where words alone prove nothing, because people write about them. */
export function judgeWholeYaml(scope: Scope, text: string): void {
  if (text.length > POSSIBLE_YAML || deepestFlow(text) > scope.context.limits.textDepth) return;
  const documents = documentsIn(text);
  if (documents.some(({ errors }) => errors.length > 0)) return;
  for (const document of documents) if (isCollection(document.contents)) judgeDocument(scope, document);
}

const POSSIBLE_YAML = 256 * KIB;

function documentsIn(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false });
  return Array.isArray(documents) ? documents : [];
}

function judgeDocument(scope: Scope, document: Document.Parsed): void {
  visit(document, {
    Node: (_, node) => {
      judgeTag(scope, node);
    },
  });
  judgeConfigTree(scope, treeOf(document));
}

function judgeTagWords(scope: Scope, text: string): void {
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
