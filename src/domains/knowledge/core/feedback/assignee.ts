/** Whom work is given to: somebody who has an account, by the name it is written with there. */
import { KuraError } from '#kernel/errors';

/** The name as the account has it, whatever case and width it was typed in; undefined: no active account has it. */
export type PersonNamed = (name: string) => Promise<string | undefined>;

/** @throws KuraError `knowledge.task-for-nobody`: no account has that name. */
export async function assigneeNamed(
  personNamed: PersonNamed | undefined,
  actor: { readonly name: string },
  name: string,
): Promise<string> {
  // Who is logged in as the owner of the machine may have no account, but may take work.
  if (personNamed === undefined || name === actor.name) return name;
  const found = await personNamed(name);
  if (found === undefined) throw new KuraError('invalid', 'knowledge.task-for-nobody', { params: { name } });
  return found;
}
