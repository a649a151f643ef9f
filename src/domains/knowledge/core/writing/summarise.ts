/** Two summaries and three lines made of sentences that stand in the text (K-044); nothing is concluded from it. */
import type { EntryType, EntryView, SummaryLine, TextSummary } from '../../contract/index.ts';
import { entryTemplates } from '../../contract/index.ts';
import { type Section, sectionsOf } from '../asking/passages-of.ts';
import { plainSentences } from './plain-sentences.ts';
import { findFacts } from './text-findings.ts';

type Summarised = Pick<EntryView, 'title' | 'body' | 'type' | 'status' | 'severity' | 'tags'>;

/** Which sections of the template of a type tell everybody, and which who works on it; by their place in it. */
const readers: Readonly<
  Record<EntryType, { readonly plain: readonly number[]; readonly technical: readonly number[] }>
> = {
  incident: { plain: [0, 1], technical: [3, 2, 4] },
  problem: { plain: [0], technical: [1, 2, 3] },
  change: { plain: [0, 1], technical: [2, 3, 4] },
  release: { plain: [0, 2], technical: [1, 3] },
  request: { plain: [0, 3], technical: [1, 2] },
  other: { plain: [0], technical: [1, 2] },
};

const authorsHeadings = /^(?:要約|サマリー?|まとめ|summary|tl;dr)$/iu;
const mostLines = 3;

export function summarise({ title, body, type, status, severity, tags }: Summarised): TextSummary {
  const sections = sectionsOf(body);
  const hints = new Set(
    Object.values(entryTemplates).flatMap((templates) => templates[type].sections.map(({ hint }) => hint)),
  );
  const { plain, technical } = readers[type];
  const written = sections.find(({ heading }) => heading !== null && authorsHeadings.test(heading.trim()));
  const byAuthor = written === undefined ? [] : told(written);
  const bySection = [...plain, ...technical].flatMap(first).toSorted((a, b) => a.start - b.start);
  const { from, lines } = chosen(byAuthor, bySection, () => sections.flatMap(told));
  return {
    from,
    lines: lines.slice(0, mostLines),
    plain: { type, status, severity, lines: plain.flatMap(first) },
    technical: { lines: technical.flatMap(first), tags, ...findFacts(`${title}\n${body}`) },
  };

  function told(section: Section): readonly SummaryLine[] {
    return plainSentences(body, section, hints);
  }

  /** The first sentence of the section that the template has at this place. */
  function first(place: number): readonly SummaryLine[] {
    const names = Object.values(entryTemplates).flatMap(
      (templates) => templates[type].sections[place]?.heading.toLowerCase() ?? [],
    );
    const section = sections.find(({ heading }) =>
      names.some((name) => heading?.toLowerCase().includes(name) === true),
    );
    return section === undefined ? [] : told(section).slice(0, 1);
  }
}

function chosen(
  byAuthor: readonly SummaryLine[],
  bySection: readonly SummaryLine[],
  everything: () => readonly SummaryLine[],
): Pick<TextSummary, 'from' | 'lines'> {
  if (byAuthor.length > 0) return { from: 'author', lines: byAuthor };
  if (bySection.length > 0) return { from: 'sections', lines: bySection };
  return { from: 'beginning', lines: everything() };
}
