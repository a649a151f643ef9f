import type { DrillKind } from '../../contract/index.ts';
import { toolOf } from '../engines/tool-of.ts';
import { isOutOfUse } from '../register/carrier.ts';
import type { Copy } from '../register/protected-job.ts';

/** What takes the times and hashes of single files, or the storage itself, takes a vault. */
export function needsVault(kind: DrillKind): boolean {
  return kind === 'comparison' || kind === 'tamper';
}

/** Copies in use that Kura can open, as far as that kind of test goes. */
export function testableCopies(copies: readonly Copy[], kind: DrillKind): readonly Copy[] {
  return copies.filter(
    (copy) => !isOutOfUse(copy) && copy.engine !== 'reported' && (!needsVault(kind) || toolOf(copy) === undefined),
  );
}
