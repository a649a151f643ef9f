/** One graph or function: every operator by its name, and where the paths of those that take one come from. */
import { leavesFolder } from '../leaves-folder.ts';
import type { Scope } from '../scope.ts';
import type { GraphNode } from './graph-reader.ts';
import { knownOperators } from './known-operators.ts';
import { pathOperators, placeAttributes, reachOf } from './reaching-operators.ts';

/** Nodes that hand a text on, by the inputs it may come from; a join begins with its first. */
const passing: ReadonlyMap<string, (inputs: readonly string[]) => readonly string[]> = new Map([
  ...[
    'Identity',
    'PlaceholderWithDefault',
    'StringJoin',
    'ShardedFilename',
    'ReadVariableOp',
    'ExpandDims',
    'Reshape',
  ].map((operator) => [operator, (inputs: readonly string[]) => inputs.slice(0, 1)] as const),
  ...['Select', 'SelectV2', 'Switch', 'Merge', 'Pack', 'ConcatV2'].map(
    (operator) => [operator, (inputs: readonly string[]) => inputs] as const,
  ),
]);
const MOST_STEPS = 1000;

export class GraphJudge {
  readonly #scope: Scope;
  /** Operators nobody knows, with the place they were met first; a function of the model may turn out to be meant. */
  readonly #unknown = new Map<string, number>();
  readonly #functions = new Set<string>();
  /** Nodes that matter for paths, of the present graph. */
  #nodes = new Map<string, GraphNode>();
  #paths: GraphNode[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  addFunction(name: string): void {
    this.#functions.add(name);
  }

  addNode(node: GraphNode): void {
    for (const operator of node.operators) this.#judgeOperator(node, operator);
    for (const [attribute, text] of node.texts) {
      if (placeAttributes.has(attribute) && /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) this.#reportPath(node, text);
    }
  }

  #judgeOperator(node: GraphNode, operator: string): void {
    const { offset } = node;
    const rule = reachOf(operator);
    if (rule !== undefined) {
      const path = node.texts.find(([, text]) => leavesFolder(text))?.[1];
      this.#scope.report(rule, { offset, evidence: path === undefined ? operator : `${operator}: ${path}` });
    } else if (pathOperators.has(operator)) this.#paths.push(node);
    else if (!isKnown(operator) && !this.#unknown.has(operator)) this.#unknown.set(operator, offset);
    if (operator === 'Const' || passing.has(operator)) this.#nodes.set(node.name, node);
  }

  /** Call at the end of each graph and function. @param assets names of tensors whose paths the loader replaces. */
  finishGraph(assets: ReadonlySet<string> = new Set()): void {
    for (const node of this.#paths) {
      for (const path of this.#pathsOf(node, assets)) if (leavesFolder(path)) this.#reportPath(node, path);
    }
    this.#nodes = new Map();
    this.#paths = [];
  }

  /** Only at the end: functions may stand behind their use. */
  finish(): void {
    for (const [operator, offset] of this.#unknown) {
      if (!this.#functions.has(operator))
        this.#scope.report('tensorflow-custom-operator', { offset, evidence: operator });
    }
  }

  #reportPath(node: GraphNode, path: string): void {
    const evidence = `${node.operators.at(-1) ?? ''}: ${path}`;
    this.#scope.report('tensorflow-file-access', { offset: node.offset, evidence });
  }

  #pathsOf(node: GraphNode, assets: ReadonlySet<string>): string[] {
    const paths: string[] = [];
    const pending = [...pathInputs(node)];
    const seen = new Set<string>();
    for (let name = pending.pop(); name !== undefined && seen.size < MOST_STEPS; name = pending.pop()) {
      const source = this.#nodes.get(name);
      if (source === undefined || seen.has(name) || assets.has(name)) continue;
      seen.add(name);
      const operator = source.operators.at(-1) ?? '';
      if (operator === 'Const') paths.push(...source.texts.map(([, text]) => text));
      else pending.push(...(passing.get(operator)?.(source.inputs) ?? []));
    }
    return paths;
  }
}

/** Whether TensorFlow brings it along and it only computes. */
export function isKnown(operator: string): boolean {
  return knownOperators.has(operator) || operator === 'PrintV2' || /^DebugIdentity(?:V[23])?$/.test(operator);
}

/** Names of tensors look like paths too; only the first input is one, and where checkpoints are merged the second. */
function pathInputs({ operators, inputs }: GraphNode): readonly string[] {
  if (operators.some((operator) => operator.startsWith('CacheDataset') || operator.startsWith('InitializeTable')))
    return inputs.slice(1, 2);
  return inputs.slice(0, operators.includes('MergeV2Checkpoints') ? 2 : 1);
}
