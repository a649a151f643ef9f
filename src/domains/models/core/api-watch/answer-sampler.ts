/**
 * Which live answers are looked at: a few per endpoint and hour, so that watching costs far less than a hundredth of the
 * time of fetching. Answers that are no data at all are rare and always worth a look.
 */
import type { RecordedAnswer } from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import { HOUR } from '#kernel/units';

const LOOKS_PER_HOUR = 12;
const FAULTS_PER_HOUR = 60;
/** Endpoints come from our own paths; a bound in case one of them holds more than an id. */
const MOST_ENDPOINTS = 200;

interface Looks {
  since: number;
  ordinary: number;
  faulty: number;
}

export interface AnswerSampler {
  wants(answer: RecordedAnswer): boolean;
}

export function createAnswerSampler(clock: Clock): AnswerSampler {
  const looks = new Map<string, Looks>();
  return {
    wants(answer) {
      const now = clock.monotonic();
      let seen = looks.get(answer.endpoint);
      if (seen === undefined || now - seen.since >= HOUR) {
        if (seen === undefined && looks.size >= MOST_ENDPOINTS) return false;
        seen = { since: now, ordinary: 0, faulty: 0 };
        looks.set(answer.endpoint, seen);
      }
      const kind = looksLikeData(answer) ? 'ordinary' : 'faulty';
      seen[kind] += 1;
      return seen[kind] <= (kind === 'ordinary' ? LOOKS_PER_HOUR : FAULTS_PER_HOUR);
    },
  };
}

function looksLikeData({ status, body }: RecordedAnswer): boolean {
  return status >= 200 && status <= 299 && /^\s{0,20}[{[]/.test(body);
}
