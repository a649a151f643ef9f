/** What is new about one answer: its status and body first, then its fields. */
import { isRaw } from '../shapes/lenient.ts';
import type { AnswerShape } from './answer-shape.ts';
import type { ApiChange, ChangeKind, Impact } from './api-change.ts';
import { compareShapes } from './compare-shapes.ts';
import { isEmptyEnd, learnShape } from './learn-shape.ts';
import { type BodyFault, contentTypeOf, isSuccess, type RecordedAnswer, readBody } from './recorded-answer.ts';

/** Answers of an endpoint before an unusual page is told from an unknown one. */
const SOME_ANSWERS = 5;
const HUGE_FACTOR = 20;
/** Below this no body is worth a word. */
const HUGE_FROM = 1_000_000;
const jsonMedia = /^application\/(?:[\w.-]+\+)?json$/;

/** The changes an answer shows, none when it looks as learned. Never throws, whatever the answer holds. */
export function judgeAnswer(learned: AnswerShape, answer: RecordedAnswer): readonly ApiChange[] {
  if (!isSuccess(answer)) return statusChanges(learned, answer);
  const body = readBody(answer.body);
  if ('fault' in body) return [bodyChange(learned, answer, body.fault)];
  return [
    ...statusChanges(learned, answer),
    ...frameChanges(learned, answer),
    ...pageChanges(learned, answer, body.json),
    ...compareShapes(answer.endpoint, learned, learnShape(answer)),
  ];
}

/** A page that never ends or a file that is no answer at all: nothing can be read, so nothing is learned. */
function bodyChange(learned: AnswerShape, answer: RecordedAnswer, fault: BodyFault): ApiChange {
  const was = Object.keys(learned.contentTypes).join(' | ');
  return whole(answer, `body-${fault}`, { was, now: excerpt(answer), impact: 'critical' });
}

function excerpt({ body }: RecordedAnswer): string {
  const start = body.slice(0, 80).replaceAll(/\s+/g, ' ').trim();
  return body.length > 80 ? `${start}…` : start;
}

/**
 * Refusals of single requests are everyday life; what counts is an endpoint that is gone, moved or closed. Trouble of
 * the server (5xx, 429) is no change of the API.
 */
function statusChanges(learned: AnswerShape, answer: RecordedAnswer): readonly ApiChange[] {
  const { status, endpoint } = answer;
  if (learned.answers === 0 || String(status) in learned.statuses || isAboutTheRequest(answer)) return [];
  const impact = impactOfStatus(status, endpoint.includes('/:'));
  if (impact === undefined) return [];
  const was = Object.keys(learned.statuses).join(' | ');
  return [whole(answer, 'status-changed', { was, now: String(status), impact })];
}

/** Answers that tell of the account, of a name nobody has, or of the bot protection, and not of the endpoint. */
function isAboutTheRequest({ endpoint, status, headers, body }: RecordedAnswer): boolean {
  if (status === 401) return /^\/(?:me|vault)(?:\/|$)/.test(endpoint);
  if (status === 403) return headers['cf-mitigated'] !== undefined || /^\s*</.test(body);
  return status === 404 && /not found/i.test(body) && 'json' in readBody(body);
}

function impactOfStatus(status: number, isDetail: boolean): Impact | undefined {
  if (status === 404 && isDetail) return undefined;
  if (status === 404 || status === 405 || status === 410) return isDetail ? 'high' : 'critical';
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return 'high';
  if (status === 400 || status === 422) return 'medium';
  return status < 300 ? 'low' : undefined;
}

function frameChanges(learned: AnswerShape, answer: RecordedAnswer): readonly ApiChange[] {
  const changes: ApiChange[] = [];
  const type = contentTypeOf(answer);
  const types = Object.keys(learned.contentTypes);
  if (type !== '' && types.length > 0 && !types.includes(type)) {
    const impact = jsonMedia.test(type) ? 'low' : 'medium';
    changes.push(whole(answer, 'content-type-changed', { was: types.join(' | '), now: type, impact }));
  }
  const { headers } = learnShape({ ...answer, body: '' });
  for (const name of Object.keys(headers)) {
    if (learned.answers === 0 || name in learned.headers) continue;
    const impact = name === 'deprecation' || name === 'sunset' ? 'high' : 'low';
    const found = whole(answer, 'header-added', { was: '', now: `${name}: ${answer.headers[name] ?? ''}`, impact });
    changes.push({ ...found, path: name, additive: impact === 'low' });
  }
  const most = Math.max(learned.longestBody * HUGE_FACTOR, HUGE_FROM);
  if (learned.longestBody > 0 && answer.body.length > most) {
    const sizes = { was: String(learned.longestBody), now: String(answer.body.length) };
    changes.push(whole(answer, 'body-huge', { ...sizes, impact: 'medium' }));
  }
  return changes;
}

function pageChanges(learned: AnswerShape, answer: RecordedAnswer, json: unknown): readonly ApiChange[] {
  if (!isRaw(json) || !Array.isArray(json['items'])) return [];
  const { sentCursor, sentLimit } = answer;
  const { items, metadata } = json;
  const nextCursor: unknown = isRaw(metadata) ? metadata['nextCursor'] : undefined;
  const changes: ApiChange[] = [];
  if (sentCursor !== undefined && String(nextCursor) === sentCursor) {
    const found = whole(answer, 'cursor-repeated', { was: sentCursor, now: sentCursor, impact: 'high' });
    changes.push({ ...found, path: '$.metadata.nextCursor' });
  }
  if (sentLimit !== undefined && items.length > sentLimit) {
    const sizes = { was: String(sentLimit), now: String(items.length) };
    changes.push({ ...whole(answer, 'page-size-changed', { ...sizes, impact: 'medium' }), path: '$.items' });
  }
  if (isEmptyEnd(json) && learned.emptyEnds === 0 && learned.answers >= SOME_ANSWERS) {
    const found = whole(answer, 'page-empty', { was: '', now: '0', impact: 'medium' });
    // Once it is noted; a search that finds nothing is no fault of the site.
    changes.push({ ...found, path: '$.items', additive: true });
  }
  return changes;
}

function whole(
  { endpoint }: RecordedAnswer,
  kind: ChangeKind,
  { was, now, impact }: { readonly was: string; readonly now: string; readonly impact: Impact },
): ApiChange {
  return { endpoint, kind, path: '$', was, now, impact, additive: false };
}
