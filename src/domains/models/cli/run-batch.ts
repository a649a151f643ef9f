/** Runs a download job in this process, with live bars for people and events for machines. */
import { type CommandContext, exitCodes } from '#platform/cli';

import type { Batch, BatchItem } from '../batches.ts';
import { type BatchItemView, listBatchItems } from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import { presentBatch, presentBatchItem } from '../http/present-batches.ts';
import type { Models } from '../models.ts';
import { createBatchBars } from './batch-bars.ts';
import { batchExitCode } from './batch-exit-code.ts';
import { batchText, reasonsText } from './batch-text.ts';

type Context = CommandContext<Models>;

const redrawMs = 200;
/** Reasons in the last event; `batches show --items` has all. */
const listedReasons = 1000;

/** @returns the exit code */
export async function runBatch(id: string, context: Context): Promise<number> {
  const { open, out, signal } = context;
  const models = await open();
  const ended = await models.runBatchHere(id, observe(context), { actor: localActor, signal });
  out.progress(undefined);
  return tellEnd(ended, context);
}

function observe({ out, translator }: Context): Parameters<Models['runBatchHere']>[1] {
  const bars = createBatchBars(translator);
  let drawnAt = Number.NEGATIVE_INFINITY;
  function draw(): void {
    const now = performance.now();
    if (out.json || now - drawnAt < redrawMs) return;
    drawnAt = now;
    out.progress(bars.lines());
  }
  return {
    onProgress(progress) {
      out.event({ event: 'progress', ...progress });
      bars.batchProgressed(progress);
      draw();
    },
    onItem(item) {
      const view = presentBatchItem(item, translator);
      out.event({ event: 'item', ...view }, () => itemLine(view, item, translator));
      bars.ended(item);
    },
    onFile: (download) => bars.begins(download),
    onBatch(batch) {
      const view = presentBatch(batch, translator);
      out.event({ event: 'state', ...view });
      if (view.waitsUntil === null) return;
      out.note(translator.text('cli.models.batches.waits-until', { at: translator.time(view.waitsUntil) }));
    },
    onWait: ({ command, pid }) => out.note(translator.text('cli.models.get.waiting', { command, pid })),
    sink: {
      downloadProgressed(progress) {
        bars.fileProgressed(progress);
        draw();
      },
    },
  };
}

function itemLine(view: BatchItemView, { status }: BatchItem, text: Context['translator']): string {
  const state = status === 'done' && view.wasThere ? 'skipped' : status;
  const line = `${text.text(`cli.models.batches.item.${state}`)}  ${view.path ?? view.name ?? view.ref}`;
  return view.reason === null ? line : `${line}\n  ${view.reason.message}  [${view.reason.code}]`;
}

async function tellEnd(batch: Batch, context: Context): Promise<number> {
  const { call, out, signal, translator } = context;
  const view = presentBatch(batch, translator);
  const { items } = await call(listBatchItems, {
    params: { id: batch.id },
    query: { status: ['failed', 'quarantined', 'cancelled'], limit: listedReasons },
  });
  const code = batchExitCode(batch, signal.aborted);
  out.event({ event: 'done', batch: view, failed: items }, () => batchText(view, translator));
  if (items.length > 0) out.note(reasonsText(items, batch.id, translator));
  if (code === exitCodes.interrupted || batch.status === 'paused') {
    out.note(translator.text('cli.models.batches.go-on', { id: batch.id }));
  }
  return code;
}
