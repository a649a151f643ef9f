import type { Edge } from './import-graph.ts';

/** Every group of files that reach each other (Tarjan's strongly connected components of more than one file). */
export function findCycles(edges: readonly Edge[]): readonly (readonly string[])[] {
  const next = Map.groupBy(
    edges.filter((edge) => edge.to !== undefined),
    (edge) => edge.from,
  );
  const order = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];

  function visit(file: string): number {
    const index = order.size;
    order.set(file, index);
    let lowest = index;
    stack.push(file);
    for (const { to } of next.get(file) ?? []) {
      if (to === undefined) continue;
      if (!order.has(to)) lowest = Math.min(lowest, visit(to));
      else if (stack.includes(to)) lowest = Math.min(lowest, order.get(to) ?? lowest);
    }
    if (lowest === index) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || next.get(file)?.some((edge) => edge.to === file)) cycles.push(group);
    }
    return lowest;
  }

  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
