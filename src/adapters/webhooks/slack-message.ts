/** A message in Slack's Block Kit: https://docs.slack.dev/reference/block-kit/blocks */
import type { ChannelMessage, WordedNotice } from '#platform/notify';

import { colours, marks } from './severity-marks.ts';

/** More would be refused: 50 blocks a message, and nobody reads them. */
const mostNotices = 10;
const longestTitle = 150;
const longestText = 2900;

export function slackMessage({ title, notices, action, more }: ChannelMessage): object {
  const shown = notices.slice(0, mostNotices);
  const rest = notices.length - shown.length;
  return {
    // What notifications and screen readers say.
    text: escaped(title),
    attachments: [
      ...shown.map((notice) => attachment(notice, action)),
      ...(rest === 0 ? [] : [{ blocks: [section(escaped(more(rest)))] }]),
    ],
  };
}

function attachment(notice: WordedNotice, action: string): object {
  const { severity, event, severityText, title, lines, url } = notice;
  const mark = event === 'resolved' ? marks.resolved : marks[severity];
  const head = `${mark} *${escaped(`[${severityText}] ${title}`.slice(0, longestTitle))}*`;
  const text = [head, ...lines.map(escaped)].join('\n').slice(0, longestText);
  const button = { type: 'button', text: { type: 'plain_text', text: action }, url };
  return {
    color: event === 'resolved' ? colours.resolved : colours[severity],
    blocks: [section(text), ...(url === undefined ? [] : [{ type: 'actions', elements: [button] }])],
  };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** What Slack asks for: these three and no others. Links and mentions of somebody else's making stay text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
