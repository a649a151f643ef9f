/** Notices in words: as a letter, and for channels. */
import type { Translator } from '#platform/i18n';

import type { WordedNotice } from '../channels/channel-transport.ts';
import { severities } from '../contract/index.ts';
import { addressOf, type Letter } from '../letter.ts';
import type { Notice } from '../notice.ts';
import { say } from '../say.ts';

export interface Wording {
  readonly translator: Translator;
  /** Address of this site; undefined where none is configured. */
  readonly site: string | undefined;
}

/** A digest says the most severe first; beyond this many it only counts. */
const longestDigest = 50;

export function letterOf(notices: readonly Notice[], wording: Wording): Letter {
  const { translator } = wording;
  const worded = notices.map((notice) => wordNotice(notice, wording));
  const [only, ...others] = worded;
  const action = { label: translator.text('notify.open-page'), url: only?.url };
  if (only === undefined || others.length > 0) return digestOf(worded, wording);
  return {
    subject: `[${only.severityText}] ${only.title}`,
    paragraphs: [`${translator.time(only.at)}\n${only.title}`, ...only.lines],
    ...(action.url === undefined ? {} : { action: { label: action.label, url: action.url } }),
  };
}

function digestOf(notices: readonly WordedNotice[], { translator, site }: Wording): Letter {
  const ordered = worstFirst(notices);
  const shown = ordered.slice(0, longestDigest);
  const rest = ordered.length - shown.length;
  const paragraphs = shown.map(
    ({ severityText, title, at, url }) =>
      `[${severityText}] ${title}\n${translator.time(at)}${url === undefined ? '' : `\n${url}`}`,
  );
  return {
    subject: titleOf(notices, translator),
    paragraphs: rest === 0 ? paragraphs : [...paragraphs, translator.text('notify.more', { count: rest })],
    ...(site === undefined
      ? {}
      : { action: { label: translator.text('notify.open-all'), url: addressOf(site, '/operations/alerts') } }),
  };
}

/** What a message says in one line. */
export function titleOf(notices: readonly WordedNotice[], translator: Translator): string {
  const [worst, ...others] = worstFirst(notices);
  if (worst === undefined) return '';
  if (others.length === 0) return worst.title;
  const params = { count: notices.length, severity: worst.severityText, title: worst.title };
  return translator.text('notify.digest.subject', params);
}

export function worstFirst(notices: readonly WordedNotice[]): readonly WordedNotice[] {
  return notices.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
}

export function wordNotice(notice: Notice, { translator, site }: Wording): WordedNotice {
  const { id, kind, event, severity, subject, tags, site: place, at, path, level } = notice;
  const title = say(notice.title, translator);
  return {
    id,
    kind,
    event,
    severity,
    severityText:
      event === 'resolved' ? translator.text('notify.resolved') : translator.text(`notify.severity.${severity}`),
    subject,
    tags,
    site: place,
    title: event === 'escalated' ? translator.text('notify.escalated', { title, level }) : title,
    lines: notice.lines.map((line) => say(line, translator)),
    url: site === undefined ? undefined : addressOf(site, path),
    at,
  };
}
