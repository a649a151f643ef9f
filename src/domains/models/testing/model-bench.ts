/** A library in a temporary folder over `openModels`, with words for what tests do to it. */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { testActor } from '#platform/unit-of-work/testing';

import type { GetItem, GetRequest } from '../core/downloads/get-files.ts';
import { type OpenModels, type OpenModelsOptions, openModels } from './open-models.ts';

export type { LibraryFile } from '../store/library-store.ts';

export const never = new AbortController().signal;
export const asTester = { actor: testActor, signal: never };

export interface ModelBench extends OpenModels {
  readonly home: string;
  get(refs: readonly string[], request?: Partial<GetRequest>, signal?: AbortSignal): Promise<readonly GetItem[]>;
  /** Files below the library, with slashes, sorted. */
  libraryFiles(): Promise<readonly string[]>;
}

export interface BenchOptions extends Omit<OpenModelsOptions, 'home'> {
  readonly onReceived?: (bytes: number) => void;
}

export async function openBench({ onReceived, ...options }: BenchOptions): Promise<ModelBench> {
  const home = await mkdtemp(join(tmpdir(), 'kura-models-'));
  const opened = await openModels({ ...options, home });
  return {
    ...opened,
    home,
    get: async (refs, request, signal = never) =>
      opened.models.get(
        { refs, acceptRisk: false, ...request },
        {
          onPlanned: () => undefined,
          onEnded: () => undefined,
          onWait: () => undefined,
          sink: { downloadProgressed: ({ receivedBytes }) => onReceived?.(receivedBytes) },
        },
        { actor: testActor, signal },
      ),
    libraryFiles: async () => {
      const entries = await readdir(opened.library, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(opened.library, join(entry.parentPath, entry.name)))
        .sort();
    },
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}
