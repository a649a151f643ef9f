/** The knowledge base over a real database with nothing else around it: for tests, child processes and benchmarks. */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { builtInRoles, localCaller } from '#platform/access';
import type { UnitOfWork } from '#platform/unit-of-work';
import { openTestPlatform, type TestPlatform, testActor } from '#platform/unit-of-work/testing';

import type { Writer } from '../core/entries/entry-changes.ts';
import type { KnowledgeRules } from '../core/entries/publishing-rules.ts';
import type { Reader } from '../core/entries/reading-scope.ts';
import { createKnowledge, type Knowledge, type KnowledgeDeps, knowledgeMigrations } from '../index.ts';

/** Sees and changes everything. */
export const everyWriter: Writer = { ...localCaller('test'), ...testActor };
export const everyReader: Reader = everyWriter;

/** An account that is in no department. */
export function somebody(name: string, role: 'viewer' | 'editor' = 'viewer'): Writer {
  return { kind: 'user', id: name, name, permissions: builtInRoles[role] };
}

export interface OpenKnowledge extends Pick<TestPlatform, 'database' | 'events'>, AsyncDisposable {
  readonly knowledge: Knowledge;
  /** Made with the first attachment. */
  readonly attachmentFolder: string;
}

export async function openKnowledge(
  url: string,
  rules?: KnowledgeRules,
  more: Partial<Pick<KnowledgeDeps, 'escalation' | 'personNamed' | 'answerWriter' | 'writerCallsPerDay'>> & {
    /** Stands before the real one. */
    readonly unitOfWork?: (real: UnitOfWork) => UnitOfWork;
  } = {},
): Promise<OpenKnowledge> {
  const platform = await openTestPlatform(url, knowledgeMigrations);
  const attachmentFolder = join(tmpdir(), `kura-attachments-${platform.ids.next()}`);
  const options = rules === undefined ? { attachmentFolder } : { attachmentFolder, rules: () => rules };
  const { unitOfWork = (real) => real, ...others } = more;
  const knowledge = createKnowledge({
    ...platform,
    ...options,
    ...others,
    unitOfWork: unitOfWork(platform.unitOfWork),
  });
  return {
    ...platform,
    knowledge,
    attachmentFolder,
    async [Symbol.asyncDispose]() {
      await knowledge[Symbol.asyncDispose]();
      await platform[Symbol.asyncDispose]();
      await rm(attachmentFolder, { recursive: true, force: true });
    },
  };
}
