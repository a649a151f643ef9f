/** What a text condition asks of terms. */
import { analyse, encodeTerm, exactPhrases, type Phrase } from '#engines/lexis';

import { foldText } from '../../core/query-language/fold-text.ts';
import type { QueryNode } from '../../core/query-language/query-node.ts';
import { type Standing, standingTerm } from './index-terms.ts';
import { joinTerms, type TermCondition } from './term-condition.ts';

export type TextNode = Extract<QueryNode, { kind: 'text' }>;

/**
 * All of the groups, of each any phrase: every word by itself, or the whole as it was quoted. What holds neither letters
 * nor digits sets no condition, because no term is made of it.
 */
export function phraseGroups({ text, exact }: TextNode): readonly (readonly Phrase[])[] {
  const pieces = exact ? [text] : foldText(text).split(' ');
  return pieces.map((piece) => exactPhrases(analyse(piece))).filter((phrases) => phrases.length > 0);
}

const standingsOf: Readonly<Record<TextNode['field'], readonly Standing[]>> = {
  text: [],
  name: ['name'],
  creator: ['label'],
  tag: ['label'],
  words: ['label'],
};

/** As a condition on the index of models, which holds the words of all versions together. */
export function textTerms(node: TextNode): TermCondition | undefined {
  const standings = standingsOf[node.field];
  return standings.length > 0
    ? standingWords(node, standings)
    : everyGroup(node, (phrase) => ({ op: 'phrase', phrase }));
}

/** Its words stand in one of these, in whatever order. */
export function standingWords(node: TextNode, standings: readonly Standing[]): TermCondition | undefined {
  return everyGroup(node, ({ terms, prefix }) => {
    const words = terms.map(encodeTerm).map(
      (term, place): TermCondition => ({
        op: 'or',
        parts: standings.map((standing) => ({
          op: 'fact',
          term: standingTerm(standing, term),
          prefix: prefix && place === terms.length - 1,
        })),
      }),
    );
    return { op: 'and', parts: words };
  });
}

function everyGroup(node: TextNode, print: (phrase: Phrase) => TermCondition): TermCondition | undefined {
  return joinTerms(
    'and',
    phraseGroups(node).flatMap((phrases) => joinTerms('or', phrases.map(print)) ?? []),
  );
}
