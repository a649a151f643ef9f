/** The knowledge base over a real database with nothing else around it: for tests, child processes and benchmarks. */
import { openTestPlatform, type TestPlatform } from '#platform/unit-of-work/testing';

import { createKnowledge, type Knowledge, knowledgeMigrations } from '../index.ts';

export interface OpenKnowledge extends Pick<TestPlatform, 'database' | 'events'>, AsyncDisposable {
  readonly knowledge: Knowledge;
}

export async function openKnowledge(url: string): Promise<OpenKnowledge> {
  const platform = await openTestPlatform(url, knowledgeMigrations);
  return { ...platform, knowledge: createKnowledge(platform) };
}
