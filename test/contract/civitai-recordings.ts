/** The recorded answers of CivitAI, with the status and headers they came with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturesFolder } from '../stand-ins/fixtures.ts';

export interface Recording {
  /** `models/2025-lora-emoji-name.json`. */
  readonly file: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Recordings {
  /** Why a test cannot run here, or false. */
  readonly skip: string | false;
  readonly all: readonly Recording[];
}

interface IndexEntry {
  readonly file: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function loadRecordings(): Recordings {
  const folder = fixturesFolder('civitai');
  if (!folder.found) return { skip: folder.reason, all: [] };
  const index = JSON.parse(readFileSync(join(folder.path, 'index.json'), 'utf8')) as { entries: readonly IndexEntry[] };
  const all = index.entries.map(({ file, status = 200, headers = {} }) => ({
    file,
    status,
    headers,
    body: readFileSync(join(folder.path, file), 'utf8'),
  }));
  return { skip: false, all };
}
