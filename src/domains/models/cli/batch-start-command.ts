/** `kura models batches start`: many files as one download job, here or by the server. */
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';

import { type BatchPlanView, type BatchRequest, type BatchView, planBatch, startBatch } from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import { presentBatch, presentBatchPlan } from '../http/present-batches.ts';
import { presentReason } from '../http/present-records.ts';
import type { Models } from '../models.ts';
import { batchRequest, batchStartInput, batchStartOptions } from './batch-start-options.ts';
import { batchText, planText } from './batch-text.ts';
import { runBatch } from './run-batch.ts';
import { tellBadLine } from './tell-bad-line.ts';

type Context = CommandContext<Models>;

export const batchStartCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'batches', 'start'],
  arguments: [{ name: 'ref', variadic: true }],
  options: batchStartOptions,
  output: 'ndjson',
  remote: true,
  input: batchStartInput,
  async run({ dryRun, background, ...input }, context) {
    const request = await batchRequest({ ...input, dryRun, background });
    if (dryRun) return showPlan(request, context);
    if (context.globals.server !== undefined)
      return tellQueued(await context.call(startBatch, { body: request }), context);
    const { batch, leftOut } = await startHere(request, background, context);
    const code = background ? tellQueued(batch, context) : await runBatch(batch.id, context);
    return code === exitCodes.done && leftOut > 0 ? exitCodes.partlyDone : code;
  },
});

/** @returns 3 when the plan leaves something out, 1 when it leaves out everything */
async function showPlan(request: BatchRequest, context: Context): Promise<number> {
  const { out, translator } = context;
  const plan = await planOf(request, context);
  out.progress(undefined);
  out.event({ event: 'plan', ...plan }, () => planText(plan, translator));
  const bad = plan.failed + plan.badLines.length;
  if (bad === 0) return exitCodes.done;
  return plan.failed === plan.files ? exitCodes.failed : exitCodes.partlyDone;
}

async function planOf(request: BatchRequest, context: Context): Promise<BatchPlanView> {
  const { call, globals, open, signal, translator } = context;
  if (globals.server !== undefined) return call(planBatch, { body: request });
  const models = await open();
  return presentBatchPlan(await models.planBatch(request, { signal, onPlanned: planned(context) }), translator);
}

/** The lines of a list that are left out make the best end a part. */
async function startHere(request: BatchRequest, byServer: boolean, context: Context) {
  const { open, out, signal, translator } = context;
  const models = await open();
  let leftOut = 0;
  const started = await models.startBatch(request, {
    actor: localActor,
    signal,
    byServer,
    onPlanned: planned(context),
    onBadLine({ line, reason }) {
      leftOut += 1;
      tellBadLine(line, presentReason(reason, translator), context);
    },
  });
  const batch = presentBatch(started, translator);
  out.progress(undefined);
  if (byServer) return { batch, leftOut };
  out.event({ event: 'started', batch });
  out.note(translator.text('cli.models.batches.started', { name: batch.name, files: batch.tally.files, id: batch.id }));
  return { batch, leftOut };
}

/** The server fetches; the command may leave. */
function tellQueued(batch: BatchView, { out, translator }: Context): number {
  out.event({ event: 'queued', batch }, () =>
    [batchText(batch, translator), translator.text('cli.models.batches.queued', { id: batch.id })].join('\n'),
  );
  return exitCodes.done;
}

function planned({ out, translator }: Context) {
  return (count: number) => {
    if (!out.json) out.progress(translator.text('cli.models.batches.planning', { count }));
  };
}
