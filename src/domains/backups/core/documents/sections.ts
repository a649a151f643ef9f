/** What stands in reports: each section from figures alone, and where a list is empty it says so. */
import type { PrintedSection } from '#platform/documents';
import type { Translator } from '#platform/i18n';

import { auditSections } from './audit-sections.ts';
import { controlSections } from './control-sections.ts';
import { houseSections } from './house-sections.ts';
import { jobSections } from './job-sections.ts';
import { proofSections } from './proof-sections.ts';
import type { ReportReading, SectionWriter } from './report-reading.ts';
import { runSections } from './run-sections.ts';
import { Words } from './words.ts';

const writers = {
  ...runSections,
  ...proofSections,
  ...jobSections,
  ...controlSections,
  ...auditSections,
  ...houseSections,
};
export type SectionName = keyof typeof writers;

/** For people: a list without rows is a sentence. */
export async function writeSection(
  name: SectionName,
  reading: ReportReading,
  translator: Translator,
): Promise<PrintedSection> {
  const { title, blocks } = await writeTables(name, reading, translator);
  const nothing = { kind: 'paragraph', text: new Words(translator).say('nothing') } as const;
  return {
    title,
    blocks: blocks.map((block) => (block.kind === 'table' && block.rows.length === 0 ? nothing : block)),
  };
}

/** The same where a list without rows still has its columns. */
export async function writeTables(
  name: SectionName,
  reading: ReportReading,
  translator: Translator,
): Promise<PrintedSection> {
  const words = new Words(translator);
  const write: SectionWriter = writers[name];
  return { title: words.say(`section.${name}`), blocks: await write(reading, words) };
}
