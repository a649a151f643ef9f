/** Words of the tests of batches. */
import assert from 'node:assert/strict';

import type { Models } from '#models';
import { type BatchRequest, type BatchStatus, batchRequestSchema } from '#models/contract';
import type { Translator } from '#platform/i18n';
import type { CivitaiSimulator, KnownRole } from '#stand-ins/civitai';

import { asTester, type ModelBench } from '../../../src/domains/models/testing/model-bench.ts';
import { until } from './at-work.ts';

type Observer = Parameters<Models['runBatchHere']>[1];

/** Hears nothing but what a test asks for. */
export function observer(heard: Partial<Observer> = {}): Observer {
  return {
    onProgress: () => undefined,
    onItem: () => undefined,
    onFile: () => undefined,
    onBatch: () => undefined,
    onWait: () => undefined,
    sink: { downloadProgressed: () => undefined },
    ...heard,
  };
}

export function asked(source: object, options: object = {}): BatchRequest {
  return batchRequestSchema.parse({ source, options });
}

/** The whole report. */
export async function reportText(
  { models }: ModelBench,
  id: string,
  format: 'json' | 'csv' | 'html',
  translator: Translator,
): Promise<string> {
  let text = '';
  for await (const piece of (await models.reportBatch(id, format, translator)).content) text += piece;
  return text;
}

/** To be run by the test. */
export async function startHere(bench: ModelBench, source: object, options: object = {}) {
  return bench.models.startBatch(asked(source, options), { ...asTester, byServer: false });
}

/** To be run by workers. */
export async function startForServer(bench: ModelBench, source: object, options: object = {}) {
  return bench.models.startBatch(asked(source, options), { ...asTester, byServer: true });
}

export async function itemsOf(bench: ModelBench, id: string) {
  return (await bench.models.listBatchItems(id, { limit: 1000 })).items;
}

export function refOf({ catalogue }: CivitaiSimulator, role: KnownRole): string {
  const { versionId, fileId } = catalogue.known[role];
  return `https://civitai.com/api/download/models/${versionId}?fileId=${fileId}`;
}

/** Ordinary small models, each with the id of its first file. */
export function ordinary({ catalogue }: CivitaiSimulator, count: number) {
  const known = new Set<number>(Object.values(catalogue.known).map(({ modelId }) => modelId));
  const models = catalogue.models.filter((model) => !known.has(model.id)).slice(-count);
  assert.equal(models.length, count);
  return models.map((model) => {
    const [version] = model.versions;
    assert.ok(version);
    const [file] = version.files;
    assert.ok(file);
    return { ref: `${model.id}@${version.id}`, modelId: model.id, versionId: version.id, fileId: file.id };
  });
}

/** Waits for it, at most 20 s. */
export async function untilStatus(bench: ModelBench, id: string, ...wanted: readonly BatchStatus[]) {
  return until(
    async () => bench.models.readBatch(id),
    ({ status }) => wanted.includes(status),
  );
}
