/** Which files a reference of a batch means, with as few questions to the site as can be. */
import { type ModelRef, parseModelRef } from '#engines/civitai';

import { mirrorsMayHelp } from '../mirrors/mirrors-may-help.ts';
import { type FileChoice, type Found, filesOf, newestOf, resolveRef } from '../resolve-ref.ts';
import type { WantedFile } from '../wanted-file.ts';
import type { AnswerDeps, RecentAnswers } from './recent-answers.ts';

export interface BatchEntry {
  readonly ref: string;
  readonly selector: string | undefined;
  /** What a search has just shown of it. */
  readonly seen?: Found;
}

/** @throws KuraError as `resolveRef`. */
export function pointerOf({ source }: Pick<AnswerDeps, 'source'>, ref: string): ModelRef {
  return parseModelRef(ref, { hosts: source.refHosts });
}

/** Without asking the site; undefined when that is not known of late. */
export async function resolveKnown(
  deps: AnswerDeps,
  answers: RecentAnswers,
  { ref, selector, seen }: BatchEntry,
): Promise<readonly WantedFile[] | undefined> {
  const choice: FileChoice = { ref, pointer: pointerOf(deps, ref), selector };
  const found = seen ?? (await knownOf(deps, answers, choice.pointer));
  if (found === undefined) return undefined;
  try {
    return filesOf(deps, found, choice);
  } catch (error) {
    // Asked for anew, it is looked for in what was known before.
    if ((deps.mirrors ?? []).length > 0 && mirrorsMayHelp(error)) return undefined;
    throw error;
  }
}

/** Asks the site. */
export async function resolveAsking(
  deps: AnswerDeps,
  answers: RecentAnswers,
  { ref, selector }: BatchEntry,
  signal: AbortSignal,
): Promise<readonly WantedFile[]> {
  const wanted = await resolveRef(deps, ref, selector, signal);
  const [first] = wanted;
  const model = first?.siteFault === undefined ? (first?.model ?? null) : null;
  if (model !== null) await answers.keep(model);
  return wanted;
}

async function knownOf(deps: AnswerDeps, answers: RecentAnswers, pointer: ModelRef): Promise<Found | undefined> {
  if (pointer.kind === 'hash') return undefined;
  if (pointer.kind === 'model') {
    const model = await answers.find(pointer.modelId);
    return model === undefined ? undefined : newestOf(model, deps.clock);
  }
  const { modelId, versionId } = pointer;
  const model = modelId === null ? await answers.findOfVersion(versionId) : await answers.find(modelId);
  const version = model?.versions.find((one) => one.versionId === versionId);
  if (model === undefined || version === undefined || version.files.length === 0) return undefined;
  return { model, version };
}
