/** What assistants may ask about models. Paths of this machine stay on this machine. */
import { z } from 'zod';

import * as models from '#models/contract';

import type { Assistant } from '../assistant.ts';
import { defineTool } from '../tool.ts';

const names = z.array(z.string().trim().min(1).max(200)).max(20).optional();
const limitSchema = z.number().int().min(1).max(20).default(10);
const mostFiles = 5;
const mostWords = 12;

function modelPage({ pageUrl }: Assistant, modelId: number | null): string | null {
  return modelId === null ? null : pageUrl(`/models/catalogue/${modelId}`);
}

const searchModels = defineTool({
  name: 'search_models',
  permission: 'models:read',
  reachesOut: true,
  input: z.strictObject({
    query: z.string().max(500),
    /** `catalogue`: what Kura saw before; `site`: CivitAI is asked. */
    source: z.enum(['catalogue', 'site']).default('catalogue'),
    type: names,
    base: names,
    tag: names,
    limit: limitSchema,
    cursor: z.string().max(4000).optional(),
  }),
  output: z.object({
    /** Known for the catalogue only. */
    total: z.number().int().optional(),
    items: z.array(
      z.object({
        modelId: z.number().int(),
        versionId: z.number().int(),
        name: z.string(),
        versionName: z.string(),
        type: z.string(),
        baseModel: z.string().nullable(),
        creator: z.string().nullable(),
        tags: z.array(z.string()),
        trainedWords: z.array(z.string()),
        downloads: z.number().nullable(),
        gated: z.boolean(),
        files: z.array(z.object({ name: z.string(), sizeBytes: z.number().nullable(), format: z.string().nullable() })),
        /** Page in Kura, and on the site. */
        url: z.string().nullable(),
        siteUrl: z.string(),
      }),
    ),
    warnings: z.array(z.string()),
    nextCursor: z.string().optional(),
  }),
  run: async (query, { assistant, signal }) => {
    const answer = await assistant.call(models.searchModels, { query }, signal);
    const failure = answer.error === undefined ? [] : [answer.error.message];
    return {
      ...(answer.total === undefined ? {} : { total: answer.total.value }),
      items: answer.items.map((found) => ({
        modelId: found.modelId,
        versionId: found.versionId,
        name: found.name,
        versionName: found.versionName,
        type: found.type,
        baseModel: found.baseModel,
        creator: found.creator,
        tags: found.tags.slice(0, mostWords),
        trainedWords: found.trainedWords.slice(0, mostWords),
        downloads: found.stats.downloads,
        gated: found.gated,
        files: found.files.slice(0, mostFiles).map(({ name, sizeBytes, format }) => ({ name, sizeBytes, format })),
        url: modelPage(assistant, found.modelId),
        siteUrl: found.pageUrl,
      })),
      warnings: [...answer.warnings.map(({ message }) => message), ...failure],
      ...(answer.nextCursor === undefined ? {} : { nextCursor: answer.nextCursor }),
    };
  },
});

const fileFields = {
  id: z.string(),
  name: z.string(),
  modelName: z.string(),
  modelId: z.number().int().nullable(),
  type: z.string(),
  baseModel: z.string().nullable(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  state: models.libraryStateSchema,
  verdict: z.string(),
  placedAt: z.string(),
  verifiedAt: z.string().nullable(),
  /** Page of the model in Kura. */
  url: z.string().nullable(),
};

function fileOf(assistant: Assistant, file: models.LibraryFileView) {
  const { id, name, modelName, modelId, type, baseModel, sizeBytes, sha256, state, verdict } = file;
  const facts = { id, name, modelName, modelId, type, baseModel, sizeBytes, sha256, state, verdict };
  return { ...facts, placedAt: file.placedAt, verifiedAt: file.verifiedAt, url: modelPage(assistant, modelId) };
}

const searchLibrary = defineTool({
  name: 'search_library',
  permission: 'models:read',
  input: z.strictObject({
    query: z.string().max(200).optional(),
    type: names,
    base: names,
    state: z.array(models.libraryStateSchema).optional(),
    limit: limitSchema,
    cursor: z.string().max(200).optional(),
  }),
  output: z.object({ items: z.array(z.object(fileFields)), nextCursor: z.string().optional() }),
  run: async (query, { assistant, signal }) => {
    const { items, nextCursor } = await assistant.call(models.listLibrary, { query }, signal);
    const listed = items.map((file) => fileOf(assistant, file));
    return { items: listed, ...(nextCursor === undefined ? {} : { nextCursor }) };
  },
});

const getLibraryFile = defineTool({
  name: 'get_library_file',
  permission: 'models:read',
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({
    ...fileFields,
    trainedWords: z.array(z.string()),
    /** Verified copies elsewhere; null where no backup job covers the file. */
    protection: z.object({ copies: z.number().int(), verifiedCopies: z.number().int() }).nullable(),
  }),
  run: async ({ id }, { assistant, signal }) => {
    const file = await assistant.call(models.readLibraryFile, { params: { id } }, signal);
    const { protection, trainedWords } = file;
    const kept = protection && { copies: protection.copies, verifiedCopies: protection.verifiedCopies };
    return { ...fileOf(assistant, file), trainedWords: trainedWords.slice(0, mostWords), protection: kept };
  },
});

const getLibraryStatus = defineTool({
  name: 'get_library_status',
  permission: 'models:read',
  input: z.strictObject({}),
  output: z.object({
    files: z.number().int(),
    bytes: z.number(),
    byState: z.array(z.object({ state: models.libraryStateSchema, files: z.number().int() })),
    byType: z.array(z.object({ type: z.string(), files: z.number().int(), bytes: z.number() })),
    quarantined: z.number().int(),
    /** Models that Kura has seen on the site, and how many of them the site has no longer. */
    catalogue: z.object({ models: z.number().int(), removed: z.number().int(), lastSeenAt: z.string().nullable() }),
    url: z.string(),
  }),
  run: async (_input, { assistant, signal }) => {
    const stats = await assistant.call(models.libraryStats, {}, signal);
    const { files, bytes, byState, byType, quarantined, catalogue } = stats;
    const seen = { models: catalogue.models, removed: catalogue.removed, lastSeenAt: catalogue.lastSeenAt };
    const url = assistant.pageUrl('/models/library');
    return { files, bytes, byState: [...byState], byType: [...byType], quarantined, catalogue: seen, url };
  },
});

export const modelTools = [searchModels, searchLibrary, getLibraryFile, getLibraryStatus];
