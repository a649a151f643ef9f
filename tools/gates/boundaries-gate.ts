import { findCycles } from './boundaries/cycles.ts';
import { type ImportGraph, readImportGraph } from './boundaries/import-graph.ts';
import { mayCallNetwork, rules } from './boundaries/rules.ts';
import type { Gate } from './gate.ts';

/** Who may import whom, read from every TypeScript file of the tree, type imports included. */
export const boundariesGate: Gate = {
  name: 'boundaries',
  async check(root, signal) {
    const graph = await readImportGraph(root, signal);
    const problems = [...brokenRules(graph), ...networkCalls(graph), ...cycles(graph), ...browserLeaks(graph)];
    // A graph without edges means that the reader did not understand what it read.
    return {
      looked: graph.edges.length === 0 ? 0 : graph.files.size,
      unit: `files, ${graph.edges.length} imports`,
      problems,
    };
  },
};

function brokenRules(graph: ImportGraph): readonly string[] {
  return graph.edges.flatMap((edge) =>
    rules
      .filter((rule) => rule.isViolatedBy(edge))
      .map((rule) => `${edge.from} imports ${edge.specifier}: ${rule.name}. ${rule.advice}`),
  );
}

function networkCalls(graph: ImportGraph): readonly string[] {
  return [...graph.files]
    .filter(([file, facts]) => facts.networkCalls.length > 0 && !mayCallNetwork(file))
    .map(
      ([file, facts]) =>
        `${file} calls ${facts.networkCalls.join(', ')}: one way out to the network. Use #platform/outbound.`,
    );
}

function cycles(graph: ImportGraph): readonly string[] {
  return findCycles(graph.edges).map((group) => `${group.join(' -> ')}: these files import each other in a circle.`);
}

/** What the browser would load, following value imports from web/, must not need Node. */
function browserLeaks(graph: ImportGraph): readonly string[] {
  const values = graph.edges.filter((edge) => !edge.typeOnly);
  const byFile = Map.groupBy(values, (edge) => edge.from);
  const reached = new Set([...graph.files.keys()].filter((file) => isBrowserRoot(file)));
  for (const file of reached) {
    for (const { to } of byFile.get(file) ?? []) if (to !== undefined) reached.add(to);
  }
  return values
    .filter((edge) => reached.has(edge.from) && edge.specifier.startsWith('node:'))
    .map((edge) => `${edge.from} imports ${edge.specifier}, but the browser loads it: contracts are browser-safe.`);
}

function isBrowserRoot(file: string): boolean {
  if (/\.(test|config)\.tsx?$/.test(file)) return false;
  return file.startsWith('web/') || /^src\/domains\/[^/]+\/contract\//.test(file);
}
