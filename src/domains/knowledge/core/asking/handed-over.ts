/** A conversation as the draft of an incident: what was asked and what was found, for who goes on from there. */
import { type ConversationTurn, longestBody, longestTitle } from '../../contract/index.ts';

const words = {
  ja: {
    asked: '質問の経緯',
    nothing: '答えは見つからなかった。',
    missing: '足りないこと',
    note: '症状、影響、いつからかを書き足してください。',
  },
  en: {
    asked: 'What was asked',
    nothing: 'No answer was found.',
    missing: 'What is missing',
    note: 'Add the symptom, the impact, and since when.',
  },
} as const;

/** Named by what was not answered last; undefined while nothing was asked. */
export function handedOver(
  turns: readonly ConversationTurn[],
  lang: 'ja' | 'en',
): { readonly title: string; readonly body: string } | undefined {
  const open = turns.findLast(({ found }) => !found) ?? turns.at(-1);
  if (open === undefined) return undefined;
  const { asked, nothing, missing, note } = words[lang];
  const told = turns.map((turn) => {
    const cited = [...turn.passages.map(({ entry }) => entry), ...turn.faq.flatMap(({ entry }) => entry ?? [])];
    const sources = [
      ...new Map(cited.map(({ id, title }) => [id, `- [${linkText(title)}](/knowledge/entries/${id})`])),
    ];
    const answers = sources.map(([, line]) => line).concat(turn.faq.map(({ number }) => `- ${number}`));
    return `> ${oneLine(turn.question)}\n\n${answers.length === 0 ? nothing : answers.join('\n')}`;
  });
  const body = `## ${asked}\n\n${told.join('\n\n')}\n\n## ${missing}\n\n_${note}_\n`;
  return {
    title: oneLine(open.question).slice(0, longestTitle).toWellFormed(),
    body: body.slice(0, longestBody).toWellFormed(),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function linkText(title: string): string {
  return oneLine(title).replaceAll(/[[\]\\]/g, String.raw`\$&`);
}
