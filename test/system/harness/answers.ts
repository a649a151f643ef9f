/** What `--json` prints, read by the contract of the command line. */
import assert from 'node:assert/strict';

import { z } from 'zod';

import { describe, type KuraResult } from './kura-process.ts';

export const databaseCheck = z.object({ database: z.string(), findings: z.array(z.unknown()) });
export const knowledgeImport = z.object({
  imported: z.number(),
  updated: z.number(),
  skipped: z.array(z.unknown()),
});
export const knowledgeSearch = z.object({
  total: z.number(),
  ms: z.number(),
  hits: z.array(
    z.object({
      id: z.string(),
      externalId: z.string().optional(),
      title: z.string(),
      type: z.string(),
      score: z.number(),
      snippet: z.string(),
    }),
  ),
});
export const vaultBackup = z.object({
  snapshot: z.string(),
  files: z.number(),
  bytes: z.number(),
  newObjects: z.number(),
  newBytes: z.number(),
  seconds: z.number(),
});
export const vaultVerify = z.object({ objects: z.number(), bytes: z.number(), errors: z.array(z.unknown()) });
export const vaultRestore = z.object({ files: z.number(), bytes: z.number(), seconds: z.number() });
export const downloadsDone = z.object({
  event: z.literal('done'),
  items: z.array(
    z.object({
      ref: z.string(),
      status: z.string(),
      path: z.string().nullable(),
      sizeBytes: z.number().nullable(),
      sha256: z.string().nullable(),
      verdict: z.string().nullable(),
      reason: z.object({ code: z.string(), message: z.string() }).optional(),
    }),
  ),
});
export const serveStarted = z.object({ event: z.literal('started'), url: z.url(), loginLink: z.url() });

/** Standard output must be one JSON document of this shape and nothing else. */
export function documentOf<Shape extends z.ZodType>(result: KuraResult, shape: Shape): z.output<Shape> {
  return read(result, result.stdout, shape);
}

/** Standard output must be one JSON object per line; returns the last. */
export function lastLineOf<Shape extends z.ZodType>(result: KuraResult, shape: Shape): z.output<Shape> {
  const lines = result.stdout.split('\n').filter((line) => line !== '');
  for (const line of lines) read(result, line, z.looseObject({}));
  return read(result, lines.at(-1) ?? '', shape);
}

/** The same, after an exit with code 0. */
export function succeeded(result: KuraResult): KuraResult {
  assert.equal(result.code, 0, describe(result));
  return result;
}

function read<Shape extends z.ZodType>(result: KuraResult, text: string, shape: Shape): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`not what the contract says: ${describe(result)}`, { cause: error });
  }
}
