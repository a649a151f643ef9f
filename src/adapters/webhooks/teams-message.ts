/** A message with an Adaptive Card, as Workflows of Microsoft Teams take it. */
import type { ChannelMessage, WordedNotice } from '#platform/notify';

import { marks } from './severity-marks.ts';

/** Teams refuses messages above 28 KB. */
const mostNotices = 10;
const longestText = 1500;

const tones = { info: 'accent', warning: 'warning', error: 'attention', critical: 'attention' } as const;

export function teamsMessage({ title, notices, action, more }: ChannelMessage): object {
  const shown = notices.slice(0, mostNotices);
  const rest = notices.length - shown.length;
  const [only] = notices;
  const url = notices.length === 1 ? only?.url : undefined;
  return {
    type: 'message',
    summary: title,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.5',
          msteams: { width: 'Full' },
          body: [
            ...(notices.length > 1 ? [textBlock(title, { size: 'medium', weight: 'bolder' })] : []),
            ...shown.map((notice) => container(notice, notices.length > 1 ? action : undefined)),
            ...(rest === 0 ? [] : [textBlock(more(rest), { isSubtle: true })]),
          ],
          ...(url === undefined ? {} : { actions: [openUrl(action, url)] }),
        },
      },
    ],
  };
}

function container(
  { event, severity, severityText, title, lines, url }: WordedNotice,
  link: string | undefined,
): object {
  const mark = event === 'resolved' ? marks.resolved : marks[severity];
  const color = event === 'resolved' ? 'good' : tones[severity];
  return {
    type: 'Container',
    separator: true,
    items: [
      textBlock(`${mark} [${severityText}] ${title}`, { weight: 'bolder', color }),
      ...lines.map((line) => textBlock(line, {})),
      ...(link === undefined || url === undefined ? [] : [{ type: 'ActionSet', actions: [openUrl(link, url)] }]),
    ],
  };
}

/** Text blocks read Markdown: nothing in a name may make a link of itself. */
function textBlock(text: string, look: object): object {
  return { type: 'TextBlock', wrap: true, text: text.slice(0, longestText).replaceAll(/[[\]*_`\\]/g, '\\$&'), ...look };
}

function openUrl(title: string, url: string): object {
  return { type: 'Action.OpenUrl', title, url };
}
