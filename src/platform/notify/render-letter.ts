/** A letter as plain text and as HTML, which loads nothing from anywhere and runs nothing. */
import { escapeHtml } from '#kernel/escape-html';
import type { Letter } from './letter.ts';
import type { RenderedMail } from './mail-transport.ts';

export interface LetterFrame {
  readonly language: string;
  /** The last line: who sent this, and that nobody reads answers. */
  readonly footer: string;
}

type Rendered = Pick<RenderedMail, 'subject' | 'text' | 'html'>;

export function renderLetter({ subject, paragraphs, action }: Letter, { language, footer }: LetterFrame): Rendered {
  const lines = paragraphs.map(withoutControls);
  const text = [...lines, ...(action === undefined ? [] : [`${action.label}:\n${action.url}`]), `--\n${footer}`];
  return {
    subject: oneLine(subject),
    text: `${text.join('\n\n')}\n`,
    html: htmlOf({ subject: oneLine(subject), paragraphs: lines, action }, { language, footer }),
  };
}

function htmlOf({ subject, paragraphs, action }: Letter, { language, footer }: LetterFrame): string {
  const button =
    action === undefined
      ? ''
      : `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="background:#1f3a5f;color:#ffffff;padding:10px 18px;border-radius:4px;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p style="font-size:13px;word-break:break-all">${escapeHtml(action.url)}</p>`;
  return `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family:sans-serif;line-height:1.7;color:#1c1c1c;background:#ffffff;max-width:36em;margin:0 auto;padding:16px">
${paragraphs.map((one) => `<p>${escapeHtml(one).replaceAll('\n', '<br>')}</p>`).join('\n')}
${button}
<p style="font-size:12px;color:#5c5c5c;border-top:1px solid #d0d0d0;padding-top:12px">${escapeHtml(footer)}</p>
</body></html>
`;
}

/** A subject is one header line: whatever would begin another one is a space. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Control and direction marks would let a name that somebody chose rearrange what is read. */
function withoutControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/gu, '');
}
