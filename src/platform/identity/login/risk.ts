/** How unusual a login is against the person's own history (P-036): a score with its reasons, nothing hidden. */
import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

import type { Risk } from '../contract/index.ts';

export interface PastLogin {
  readonly at: string;
  readonly network: string | null;
  readonly device: string | null;
}

export interface LoginFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly network: string | null;
  readonly device: string | null;
  /** Failures on this account since its last success. */
  readonly failures: number;
}

const points = { 'new-device': 30, 'new-network': 30, 'unusual-hour': 20 } as const;
const pointsPerFailure = 10;
const mostForFailures = 40;
/** With fewer logins there are no habits to speak of. */
const habitLogins = 10;
const habitHours = 2;

/** A first login has nothing to be compared with. */
export function assessRisk(history: readonly PastLogin[], login: LoginFacts): Risk {
  const reasons: Risk['reasons'][number][] = [];
  if (isNew(history, login.device, ({ device }) => device)) reasons.push(reasonOf('new-device'));
  if (isNew(history, login.network, ({ network }) => network)) reasons.push(reasonOf('new-network'));
  if (isUnusualHour(history, login.at)) reasons.push(reasonOf('unusual-hour'));
  if (login.failures > 0) {
    reasons.push({ reason: 'recent-failures', points: Math.min(login.failures * pointsPerFailure, mostForFailures) });
  }
  const sum = reasons.reduce((total, reason) => total + reason.points, 0);
  return { score: Math.min(100, sum), reasons };
}

/** The neighbourhood of an address: /24, for IPv6 /48. */
export function networkOf(address: string | undefined): string | null {
  if (address === undefined) return null;
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(address)) return null;
  const [left = '', right] = address.split('%')[0]?.split('::') ?? [];
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 3).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase());
  return `${groups.join(':')}::/48`;
}

/** Browsers update themselves every few weeks: numbers do not make a new device. */
export function deviceOf(userAgent: string | undefined): string | null {
  if (userAgent === undefined) return null;
  return createHash('sha256')
    .update(userAgent.replaceAll(/[\d._]+/g, ''))
    .digest('hex')
    .slice(0, 16);
}

function reasonOf(reason: keyof typeof points) {
  return { reason, points: points[reason] };
}

function isNew(history: readonly PastLogin[], value: string | null, of: (login: PastLogin) => string | null): boolean {
  return history.length > 0 && !history.some((login) => of(login) === value);
}

function isUnusualHour(history: readonly PastLogin[], at: number): boolean {
  if (history.length < habitLogins) return false;
  const hour = new Date(at).getUTCHours();
  return !history.some((login) => {
    const apart = Math.abs(new Date(login.at).getUTCHours() - hour);
    return Math.min(apart, 24 - apart) <= habitHours;
  });
}
