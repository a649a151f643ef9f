import type { Reader } from '../reader.ts';
import { listGroups, listRules } from './rule-store.ts';

/** Name of a rule or group that names the target; undefined when none does. */
export async function findUseOf(reader: Reader, target: string): Promise<string | undefined> {
  const rules = await listRules(reader);
  const groups = await listGroups(reader);
  return (
    rules.find(({ targets }) => targets.includes(target))?.name ??
    groups.find(({ members }) => members.includes(target))?.name
  );
}
