/** Who stands behind the targets of a rule at this moment. */
import type { GroupView } from '../contract/index.ts';
import type { People, Person } from '../people.ts';
import { partsOf } from './target-parts.ts';

/** One place to tell; `person` where the address is that of an account. */
export interface Place {
  /** `mail:ADDRESS` or `channel:NAME`. */
  readonly target: string;
  readonly person?: Person;
}

/** Each place once. People without an address, and whoever is gone by now, are left out. */
export async function resolveTargets(
  targets: readonly string[],
  owner: string | null,
  { groups, people }: { readonly groups: readonly GroupView[]; readonly people: People },
): Promise<readonly Place[]> {
  const members = new Map(groups.map((group) => [`group:${group.name}`, group.members]));
  const single = targets.flatMap((target) => members.get(target) ?? [target]);
  const places: Place[] = [];
  for (const target of single) {
    const { kind, name } = partsOf(target === 'owner' ? `user:${owner ?? ''}` : target);
    if (kind === 'channel' || kind === 'mail') places.push({ target });
    else if (kind === 'role') places.push(...(await people.withRole(name)).flatMap(placeOf));
    else if (kind === 'user') places.push(...placeOf(await people.byName(name)));
  }
  // An address that is somebody's goes by their wishes, however it was named.
  const owned = places.filter(({ person }) => person !== undefined);
  return [...new Map([...owned, ...places].toReversed().map((place) => [place.target, place])).values()].toReversed();
}

function placeOf(person: Person | undefined): readonly Place[] {
  if (person?.email === undefined || person.email === null) return [];
  return [{ target: `mail:${person.email}`, person }];
}
