/** Whether a question speaks of what was asked before, told by its words alone. */
import { createRelevance, parseQuery, ratedWords } from '#engines/lexis';

import type { Passage } from '../../contract/index.ts';

const longest = 1000;
/** The part of `createRelevance` that coverage can reach. */
const fullCoverage = 10;
/** As for a question that stands alone. */
const leastCoverage = 0.4;

/** 「その手順は？」, "how long does that take?": words that name what was named before. */
const pointsBack =
  /^\s*(?:(?:で|それで|では|じゃあ|あと|他に|ほかに|もっと|詳し|さらに)|(?:and|then|why|what about|how about|more)\b)|(?:それ|その|これ|この|そこ|そちら|上記)(?!ぞれ|のうち)|\b(?:it|that|those|these|this|them|there)\b/iu;

/** 「IT 部門」, "IT service desk": in capitals it is no pronoun but a department. */
const department = /\bIT\b/gu;

/** @returns whether it hardly means anything without the question before. */
export function refersBack(question: string): boolean {
  return pointsBack.test(question.replaceAll(department, '')) || ratedWords(parseQuery(question)).length < 2;
}

/** Both as one question, as far as one may be long. */
export function joined(topic: string, question: string): string {
  return `${topic} ${question}`.slice(0, longest);
}

/** Passages that speak of what the follow-up itself asks, not of the question before alone. */
export function aboutFollowUp(question: string, passages: readonly Passage[]): readonly Passage[] {
  const query = parseQuery(question);
  if (ratedWords(query).length === 0) return passages;
  const relevanceOf = createRelevance(query, () => 1);
  return passages.filter(({ entry, heading, text }) => {
    const { parts } = relevanceOf({ title: `${entry.title}\n${heading ?? ''}`, tags: [], body: text });
    return parts.coverage / fullCoverage >= leastCoverage;
  });
}
