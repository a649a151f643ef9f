import type { Copy } from '../register/protected-job.ts';
import { type EngineName, engineNames } from './backup-engine.ts';

/** The tool that makes a copy; undefined for vaults, and for copies that are only told about. */
export function toolOf({ engine }: Pick<Copy, 'engine'>): EngineName | undefined {
  return engineNames.find((name) => name === engine);
}
