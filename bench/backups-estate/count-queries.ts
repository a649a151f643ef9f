/** How many statements SQLite carries out for one piece of work. */
import { StatementSync } from 'node:sqlite';

const methods = ['all', 'get', 'run', 'iterate'] as const;

/** Null when it asks another database. */
export async function countQueries(work: () => Promise<unknown>): Promise<number | null> {
  let count = 0;
  const originals = methods.map((name) => [name, Reflect.get(StatementSync.prototype, name)] as const);
  for (const [name, original] of originals) {
    Reflect.set(StatementSync.prototype, name, function counted(this: StatementSync, ...values: unknown[]): unknown {
      count += 1;
      return Reflect.apply(original, this, values);
    });
  }
  try {
    await work();
  } finally {
    for (const [name, original] of originals) Reflect.set(StatementSync.prototype, name, original);
  }
  return count === 0 ? null : count;
}
