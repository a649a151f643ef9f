/** Does the jobs of the library's order and says of each file what became of it. */
import type { KuraError } from '#kernel/errors';
import type { JobContext, JobKind } from '#platform/jobs';

import { type AdoptDeps, type AdoptedFile, adoptFiles } from '../adopting/adopt-files.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { type MovedFile, organizeLibrary, undoOrganizing } from '../organizing/organize-library.ts';
import { planMoves } from '../organizing/plan-moves.ts';
import { type AdoptPlaces, allowedPath } from './allowed-path.ts';
import type { adoptJob, organizeJob, WorkItem, WorkProgress } from './work-jobs.ts';

type PayloadOf<Kind> = Kind extends JobKind<infer Payload> ? Payload : never;

/** As many as a page shows; a folder may hold many thousands. Those that need a person come before others. */
const KEPT = 200;

/** @throws KuraError as `allowedPath` */
export async function runAdoptJob(
  deps: AdoptDeps & AdoptPlaces,
  job: JobContext<PayloadOf<typeof adoptJob>>,
): Promise<void> {
  const { path: asked, actor, ...choice } = job.payload;
  const path = await allowedPath(deps, asked);
  const options = { actor, signal: job.signal, onHashed: () => undefined };
  await tell(job, adoptFiles(deps, { ...choice, paths: [path] }, options), adoptedItem);
}

export async function runOrganizeJob(deps: LibraryDeps, job: JobContext<PayloadOf<typeof organizeJob>>): Promise<void> {
  const { layout, undo, actor } = job.payload;
  const options = { actor, signal: job.signal };
  const moved =
    undo === undefined
      ? organizeLibrary(deps, await planMoves(deps, layout ?? deps.options().layout, job.signal), options)
      : undoOrganizing(deps, options, undo);
  await tell(job, moved, movedItem);
}

async function tell<Result>(
  job: Pick<JobContext<unknown>, 'report'>,
  results: AsyncIterable<Result>,
  itemOf: (result: Result) => WorkItem,
): Promise<void> {
  const figures: WorkProgress['figures'] = {};
  const items: WorkItem[] = [];
  job.report({ figures, items } satisfies WorkProgress);
  for await (const result of results) {
    const item = itemOf(result);
    figures[item.outcome] = (figures[item.outcome] ?? 0) + 1;
    keep(items, item);
    job.report({ figures: { ...figures }, items: [...items] } satisfies WorkProgress);
  }
}

/** Full: what needs a person takes the place of what does not. */
function keep(items: WorkItem[], item: WorkItem): void {
  if (items.length >= KEPT) {
    const replaceable = needsPerson(item) ? items.findLastIndex((one) => !needsPerson(one)) : -1;
    if (replaceable === -1) return;
    items.splice(replaceable, 1);
  }
  items.push(item);
}

function needsPerson({ outcome }: WorkItem): boolean {
  return outcome === 'failed' || outcome === 'refused';
}

const nothingKnown = { to: null, model: null, type: null, verdict: null, isPublished: false, fault: null };

function adoptedItem(one: AdoptedFile): WorkItem {
  const { outcome } = one;
  if (outcome === 'failed') return { ...nothingKnown, outcome, path: one.path, fault: faultOf(one.error) };
  if (outcome === 'refused') return { ...nothingKnown, outcome, path: one.path, verdict: one.checked.verdict };
  const { path, modelName: model, type, verdict } = one.file;
  const isPublished = outcome === 'adopted' && one.isPublished;
  return { ...nothingKnown, outcome, path, model, type, verdict, isPublished };
}

function movedItem({ from: path, to, error }: MovedFile): WorkItem {
  if (error === undefined) return { ...nothingKnown, outcome: 'moved', path, to };
  return { ...nothingKnown, outcome: 'failed', path, to, fault: faultOf(error) };
}

function faultOf({ code, params }: KuraError): WorkItem['fault'] {
  return { code, params: { ...params } };
}
