/** What a text condition asks of terms. */
import { analyse, exactPhrases, type Phrase } from '#engines/lexis';

import { foldText } from '../../core/query-language/fold-text.ts';
import type { QueryNode } from '../../core/query-language/query-node.ts';
import { joinTerms, type TermColumn, type TermCondition } from './term-condition.ts';

export type TextNode = Extract<QueryNode, { kind: 'text' }>;

/**
 * All of the groups, of each any phrase: every word by itself, or the whole as it was quoted. What holds neither letters
 * nor digits sets no condition, because no term is made of it.
 */
export function phraseGroups({ text, exact }: TextNode): readonly (readonly Phrase[])[] {
  const pieces = exact ? [text] : foldText(text).split(' ');
  return pieces.map((piece) => exactPhrases(analyse(piece))).filter((phrases) => phrases.length > 0);
}

const columnsOf: Readonly<Record<TextNode['field'], readonly TermColumn[]>> = {
  text: [],
  name: ['name'],
  creator: ['labels'],
  tag: ['labels'],
  words: ['words'],
};

/** As a condition on the index of models, which holds the words of all versions together. */
export function textTerms(
  node: TextNode,
  within: readonly TermColumn[] = columnsOf[node.field],
): TermCondition | undefined {
  const groups = phraseGroups(node).flatMap(
    (phrases) =>
      joinTerms(
        'or',
        phrases.map((phrase) => ({ op: 'phrase', phrase, within })),
      ) ?? [],
  );
  return joinTerms('and', groups);
}
