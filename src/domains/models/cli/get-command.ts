/** `kura models get REF…`: one event per line while files are on their way, and a last line that says how each ended. */
import { z } from 'zod';

import { steeringModes } from '#engines/transfer';
import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { type Command, type CommandContext, defineCommand, exitCodes, table } from '#platform/cli';
import { describeError, type Translator } from '#platform/i18n';

import { connectionsSchema, layoutSchema, riskReasonSchema } from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import { siteScanOf } from '../core/consent/site-scan.ts';
import type { GetItem, GetRequest } from '../core/downloads/get-files.ts';
import { type DownloadPlan, isFailedRef } from '../core/downloads/plan-downloads.ts';
import type { PlannedFile } from '../core/downloads/plan-file.ts';
import { gateOf } from '../core/downloads/refused.ts';
import type { Models } from '../models.ts';
import type { DownloadProgress } from '../ports.ts';
import type { Download } from '../store/download-store.ts';
import { choiceInputShape, choiceOptions, requestedChoice } from './download-choice.ts';
import { getExitCode } from './get-exit-code.ts';
import { missingRefs } from './missing-refs.ts';
import { siteScanText } from './outside-scan-text.ts';
import { planDetails } from './plan-details.ts';
import { refsFromFile } from './refs-from-file.ts';
import { refsWhere, whereInputShape, whereOptions } from './where-refs.ts';

type Context = CommandContext<Models>;

export const getCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'get'],
  arguments: [{ name: 'ref', variadic: true }],
  options: [
    { flags: '--from <file>' },
    { flags: '--file <selector>' },
    { flags: '--layout <layout>' },
    { flags: '--connections <n>' },
    { flags: '--mode <mode>' },
    { flags: '--dry-run' },
    { flags: '--accept-risk' },
    { flags: '--reason <text>' },
    { flags: '--accept-likeness' },
    { flags: '--missing' },
    ...choiceOptions,
    ...whereOptions,
  ],
  output: 'ndjson',
  input: z.object({
    ref: z.array(z.string()).default([]),
    from: z.string().optional(),
    layout: layoutSchema.optional(),
    connections: connectionsSchema.optional(),
    mode: z.enum(steeringModes).optional(),
    dryRun: z.boolean().default(false),
    acceptRisk: z.boolean().default(false),
    reason: riskReasonSchema.optional(),
    acceptLikeness: z.boolean().default(false),
    missing: z.boolean().default(false),
    ...choiceInputShape,
    ...whereInputShape,
  }),
  async run({ ref, from, dryRun, missing, where, top, by, nsfw, ...options }, context) {
    const listed = await refsFromFile(from, context);
    const refs = [...ref, ...listed.refs, ...(await refsWhere({ where, top, by, nsfw }, context))];
    if (missing) refs.push(...(await missingRefs(await context.open())));
    if (missing && refs.length === 0) return nothingMissing(context);
    if (refs.length === 0) throw new KuraError('invalid', 'models.no-refs');
    const models = await context.open();
    const { layout, connections, mode, acceptRisk, reason: riskReason, acceptLikeness } = options;
    const consents = { acceptRisk, riskReason, acceptLikeness };
    const request = { refs, layout, connections, mode, ...consents, ...requestedChoice(options) };
    const code = await (dryRun ? showPlan(models, request, context) : fetchAll(models, request, context));
    return code === exitCodes.done && listed.leftOut > 0 ? exitCodes.partlyDone : code;
  },
});

function nothingMissing({ out, translator }: Context): number {
  out.event({ event: 'done', items: [] }, () => translator.text('cli.models.get.nothing-missing'));
  return 0;
}

/** Fetches with an event per file and a last one for all; answers with the exit code. */
export async function fetchAll(models: Models, request: GetRequest, context: Context): Promise<number> {
  const { out, translator, signal } = context;
  const meter = createProgressLine(context);
  const items = await models.get(
    request,
    {
      onPlanned: (download) => {
        meter.know(download);
        out.event(plannedEvent(download));
      },
      onEnded: (item) => {
        const event = { event: item.status, ...presentItem(item, translator) };
        out.event(event, () => endedLine(item, translator));
      },
      onWait: (owner) =>
        out.note(translator.text('cli.models.get.waiting', { command: owner.command, pid: owner.pid })),
      sink: { downloadProgressed: (progress) => meter.show(progress) },
    },
    { actor: localActor, signal },
  );
  out.progress(undefined);
  out.event({ event: 'done', items: items.map((item) => presentItem(item, translator)) });
  return getExitCode(items, signal.aborted);
}

function plannedEvent({ ref, modelId, versionId, fileId, name, path, sizeBytes, sha256 }: Download) {
  return { event: 'planned', ref, modelId, versionId, fileId, name, path, sizeBytes, sha256 };
}

function presentItem(item: GetItem, translator: Translator) {
  const { ref, status, path, sizeBytes, sha256, verdict, mirror, reason } = item;
  return {
    ref,
    status,
    path,
    sizeBytes,
    sha256,
    verdict,
    ...(mirror === null ? {} : { mirror }),
    ...(reason === null ? {} : { reason: { code: reason.code, message: translator.text(reason.code, reason.params) } }),
  };
}

function endedLine(item: GetItem, translator: Translator): string {
  const { status, path, ref, reason, sizeBytes, mirror } = item;
  const size = sizeBytes === null ? '' : translator.bytes(sizeBytes);
  const ended = translator.text(`cli.models.get.${status}`, { path: path ?? ref, ref, size });
  const line = mirror === null ? ended : `${ended}\n  ${translator.text('models.from-mirror', { mirror })}`;
  if (reason === null) return line;
  const advice = translator.has(`${reason.code}.advice`)
    ? [`  ${translator.text(`${reason.code}.advice`, reason.params)}`]
    : [];
  return [line, `  ${translator.text(reason.code, reason.params)}`, ...advice, `  [${reason.code}]`].join('\n');
}

async function showPlan(models: Models, request: GetRequest, { out, translator, signal }: Context): Promise<number> {
  const plan = await models.plan(request, signal);
  const items = plan.items.map((item) => planItem(item));
  const views = items.map((item, index) => ({
    ...presentItem(item, translator),
    siteScan: siteScanIn(plan.items[index]),
    ...siteFaultIn(plan.items[index], translator),
  }));
  for (const view of views) out.event({ event: 'planned', ...view });
  out.event({ event: 'done', items: views }, () => renderPlan(plan, items, translator));
  return getExitCode(items, signal.aborted);
}

/** What the site says of a file that would be fetched; null where there is none. */
function siteScanIn(item: DownloadPlan['items'][number] | undefined) {
  return item === undefined || isFailedRef(item) ? null : siteScanOf(item.file);
}

/** Why only mirrors can be asked for it; empty where the site can be. */
function siteFaultIn(item: DownloadPlan['items'][number] | undefined, translator: Translator) {
  if (item === undefined || isFailedRef(item) || item.siteFault === undefined) return {};
  const { code, title } = describeError(item.siteFault, translator);
  return { siteFault: { code, message: title } };
}

function planItem(item: DownloadPlan['items'][number]): GetItem {
  if (isFailedRef(item)) {
    const { code, params } = item.error;
    const nothing = { path: null, sizeBytes: null, sha256: null, verdict: null, mirror: null };
    return { ref: item.ref, status: 'failed', ...nothing, reason: { code, params }, error: item.error };
  }
  return {
    ref: item.ref,
    status: item.action === 'skip' ? 'skipped' : 'planned',
    path: item.path,
    sizeBytes: item.file.sizeBytes,
    sha256: item.file.hashes.sha256,
    verdict: item.known?.verdict ?? null,
    mirror: null,
    reason: item.action === 'get' ? gateReason(item) : null,
    error: undefined,
  };
}

/** A gate may be open to this account: the site says so when the file is asked for. */
function gateReason({ version }: PlannedFile): GetItem['reason'] {
  const gate = gateOf(version, systemClock.now());
  return gate === undefined ? null : { code: gate.code, params: gate.params };
}

function renderPlan(plan: DownloadPlan, items: readonly GetItem[], translator: Translator): string {
  const rows = items.map(({ ref, status, sizeBytes, path, reason }, index) => {
    const planned = plan.items[index];
    const scan = siteScanIn(planned);
    const details = {
      path,
      siteScan: scan === null ? undefined : siteScanText(scan, translator),
      ...siteFaultIn(planned, translator),
      reason: reason === null ? undefined : translator.text(reason.code, reason.params),
    };
    return [
      ref,
      translator.text(`cli.models.status.${status}`),
      sizeBytes === null ? '' : translator.bytes(sizeBytes),
      planDetails(details, translator),
    ];
  });
  const total = { total: translator.bytes(plan.totalBytes), free: translator.bytes(plan.freeBytes) };
  return [table(rows), translator.text('cli.models.get.plan-total', total)].join('\n');
}

/** Machines get one line per file and second; people one line that is rewritten. */
function createProgressLine({ out, translator }: Pick<Context, 'out' | 'translator'>) {
  const files = new Map<string, Download>();
  const toldAt = new Map<string, number>();
  return {
    know: (download: Download) => files.set(download.id, download),
    show(progress: DownloadProgress): void {
      const file = files.get(progress.downloadId);
      if (file === undefined) return;
      const now = performance.now();
      if (now - (toldAt.get(progress.downloadId) ?? Number.NEGATIVE_INFINITY) >= SECOND) {
        toldAt.set(progress.downloadId, now);
        const { downloadId: _id, ...rest } = progress;
        out.event({ event: 'progress', ref: file.ref, versionId: file.versionId, fileId: file.fileId, ...rest });
      }
      out.progress(() => progressText(file, progress, translator));
    },
  };
}

function progressText(file: Download, progress: DownloadProgress, translator: Translator): string {
  const { receivedBytes, totalBytes, bytesPerSecond, status } = progress;
  return translator.text('cli.models.get.progress', {
    name: file.name,
    state: translator.text(`cli.models.status.${status}`),
    percent: totalBytes === null || totalBytes === 0 ? '' : `${Math.floor((receivedBytes * 100) / totalBytes)} %`,
    received: translator.bytes(receivedBytes),
    speed: translator.bytes(bytesPerSecond),
  });
}
