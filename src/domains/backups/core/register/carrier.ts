/** Where the medium of a copy is, from what is seen and what people recorded. */
import type { MediumState } from '../../contract/index.ts';
import type { Copy } from './protected-job.ts';

/** What people decided counts although the medium can be seen. */
const decided: ReadonlySet<MediumState> = new Set(['quarantine', 'retired', 'destroyed', 'disabled']);
const outOfUse: ReadonlySet<MediumState> = new Set([...decided, 'lost']);

export interface Sighting {
  readonly reachable: boolean;
  /** End of the newest run or verification that reached the medium; null before the first. */
  readonly lastContact: string | null;
  /** Whether the medium is in the inventory: then somebody recorded it as connected, nobody assumed it. */
  readonly inventoried?: boolean;
}

/** What was recorded before the medium was last in use says nothing about where it is now. */
export function carrierOf(copy: Copy, { reachable, lastContact, inventoried = false }: Sighting): MediumState {
  if (decided.has(copy.mediumState)) return copy.mediumState;
  if (reachable) return 'connected';
  // Nobody can look at it from here; being connected is the humbler claim.
  const isRecorded = copy.connectivity === 'online' || inventoried;
  if (copy.engine === 'reported' && isRecorded && copy.mediumState === 'connected') return 'connected';
  const outdated = lastContact !== null && lastContact > copy.mediumStateAt;
  return outdated || copy.mediumState === 'connected' ? 'unknown' : copy.mediumState;
}

/** No backup goes there any more. */
export function isOutOfUse({ enabled, mediumState }: Copy): boolean {
  return !enabled || outOfUse.has(mediumState);
}
