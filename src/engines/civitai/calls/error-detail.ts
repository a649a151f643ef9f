/** Finds the words in an error body, which comes in a dozen shapes (civitai-api.md §1.4). */
import { KIB } from '#kernel/units';

import { isRaw, type Raw } from '../shapes/lenient.ts';

export interface ErrorDetail {
  readonly form: 'json' | 'html' | 'xml' | 'text' | 'empty';
  /** What the server said, on one line, at most 300 characters, without tokens; empty when it said nothing. */
  readonly message: string;
  /** The same without an end: refusals list all that would have been taken, which fills pages. At most 32 KiB. */
  readonly full: string;
  /** The JSON object, for the few fields that steer a decision. */
  readonly fields: Raw;
}

const LONGEST = 300;
const FULL_AT_MOST = 32 * KIB;
/** Challenge and login pages can be large; what matters stands at their beginning. */
const READ_AT_MOST = 256 * KIB;

export function readErrorDetail(body: string): ErrorDetail {
  const trimmed = body.slice(0, READ_AT_MOST).trim();
  if (trimmed === '') return { form: 'empty', message: '', full: '', fields: {} };
  if (/^<\?xml/i.test(trimmed) || trimmed.startsWith('<Error>')) return detail('xml', xmlMessage(trimmed));
  if (trimmed.startsWith('<')) return detail('html', tagContent(trimmed, 'title'));
  const json = parseJson(trimmed);
  if (json === undefined) return detail('text', trimmed);
  return detail('json', wordsOf(json), isRaw(json) ? json : {});
}

/** One line, without the token some bodies quote back. */
function tidy(text: string): string {
  return text
    .slice(0, FULL_AT_MOST)
    .replaceAll(/([?&]token=)[^&\s"]*/gi, '$1***')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line;
}

function detail(form: ErrorDetail['form'], message: string, fields: Raw = {}): ErrorDetail {
  const full = tidy(message);
  return { form, message: shortened(full), full, fields };
}

function wordsOf(json: unknown): string {
  if (typeof json === 'string') return json;
  if (!isRaw(json)) return '';
  const error = json['error'];
  const message = json['message'];
  const issues = issueWords(isRaw(error) ? error['issues'] : json['issues']);
  if (issues !== '') return issues;
  if (isRaw(error)) return nestedWords(error) || (typeof message === 'string' ? message : '');
  const parts = [error, message].filter((part) => typeof part === 'string' && part !== '');
  return parts.join(': ');
}

/** A ZodError whose message is a JSON text of issues, or any other object with a message. */
function nestedWords(error: Raw): string {
  const message = error['message'];
  if (typeof message !== 'string') return '';
  return issueWords(parseJson(message)) || message;
}

function issueWords(issues: unknown): string {
  if (!Array.isArray(issues)) return '';
  return issues
    .filter((issue) => isRaw(issue))
    .map((issue) => {
      const path = Array.isArray(issue['path']) ? issue['path'].join('.') : '';
      const message = typeof issue['message'] === 'string' ? issue['message'] : '';
      return path === '' ? message : `${path}: ${message}`;
    })
    .filter((line) => line !== '')
    .join('; ');
}

function xmlMessage(body: string): string {
  return [tagContent(body, 'Code'), tagContent(body, 'Message')].filter((part) => part !== '').join(': ');
}

function tagContent(body: string, tag: string): string {
  return new RegExp(`<${tag}[^>]*>([^<]{0,500})`, 'i').exec(body)?.[1] ?? '';
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
