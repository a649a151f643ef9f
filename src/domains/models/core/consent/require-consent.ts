/** Asks for the yes that a model needs, and keeps it. */
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { consentedModels, saveConsents } from '../../store/consent-store.ts';
import { modelNameOf, type WantedFile } from '../downloads/wanted-file.ts';
import { refusalOf, showsRealPerson } from './refusal.ts';

export interface Consent {
  /** The person who asks says yes, now and for these models from now on. */
  readonly acceptLikeness: boolean;
  /** The household has said yes to all of them, by configuration. */
  readonly allowLikeness: boolean;
}

/**
 * @throws KuraError `models.excluded` for minors or real people with adult content; `models.consent-needed` for real
 * people as long as nobody has said yes to this model.
 */
export async function requireConsent(
  database: Database,
  wanted: WantedFile,
  { acceptLikeness, allowLikeness }: Consent,
): Promise<void> {
  const refusal = refusalOf(wanted, acceptLikeness || allowLikeness);
  if (refusal === undefined) return;
  const id = consentSubject(wanted);
  if (refusal === 'consent-needed' && (await consentedModels(database, [id])).has(id)) return;
  throw new KuraError('refused', `models.${refusal}`, { params: { name: modelNameOf(wanted), ref: wanted.ref } });
}

/** Keeps who said yes to which model, so that nobody is asked twice. */
export async function rememberConsents(
  deps: { readonly database: Database; readonly unitOfWork: UnitOfWork; readonly clock: Clock },
  files: readonly WantedFile[],
  actor: Actor,
): Promise<void> {
  const people = files.filter((file) => showsRealPerson(file));
  const names = new Map(people.map((file) => [consentSubject(file), modelNameOf(file)]));
  const known = await consentedModels(deps.database, [...names.keys()]);
  const fresh = [...names].filter(([id]) => !known.has(id));
  if (fresh.length === 0) return;
  await deps.unitOfWork.write(actor, async (tx) => {
    await saveConsents(
      tx,
      fresh.map(([id]) => id),
      { by: actor.name, at: nowInstant(deps.clock) },
    );
    for (const [id, name] of fresh) {
      await tx.audit({
        action: 'models.accept-likeness',
        subject: { kind: 'model', id: String(id), name },
        result: 'done',
      });
    }
  });
}

/** The model; a version whose model nobody names stands for itself, apart from models by its sign. */
function consentSubject({ version }: WantedFile): number {
  return version.modelId ?? 0 - version.versionId;
}
