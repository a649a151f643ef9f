/**
 * What must be so at half past eleven in the evening of each day: by reasoning from spec/backups.md, not from what the
 * product says. `until` is the first day on which it is over.
 */
import { dayAfter, daysOfYear, isBetween, isWorkday } from './calendar.ts';
import { reportedJobs, tapeDueOn, tapeLabel } from './house.ts';
import { lostTape, skippedSwaps } from './script.ts';

interface Span {
  readonly from: string;
  readonly until: string;
}

interface Digits extends Span {
  readonly job: string;
  readonly shows: string;
}

const good = 'ppppp compliant';

/** Digits (3, 2, 1, 1, 0; p pass, f fail, u unknown) and verdict; where nothing is said they are good. */
const digits: readonly Digits[] = [
  // Two of three copies are left; the third is no surprise to the other digits.
  { job: 'files', from: '2028-01-10', until: '2028-01-13', shows: 'fpppp non_compliant' },
  // After a day and a half without a run nothing is fresh, and so nothing proves anything.
  { job: 'files', from: '2028-03-06', until: '2028-03-09', shows: 'ffffu non_compliant' },
  { job: 'files', from: '2028-04-20', until: '2028-04-21', shows: 'ffffu non_compliant' },
  // A backup with warnings counts, but is no reason to be content.
  { job: 'tokyo', from: '2028-02-29', until: '2028-03-01', shows: 'ppppp warning' },
  // The one tape is still in the drive.
  { job: 'tapes', from: '2027-12-01', until: '2027-12-02', shows: 'pppfp non_compliant' },
  // A hundred days after 29 February, 23:30.
  { job: 'weekly', from: '2028-06-09', until: '2028-08-27', shows: 'ppppf non_compliant' },
  { job: 'photos', from: '2028-06-01', until: '2028-06-03', shows: 'ppppf non_compliant' },
  { job: 'mail', from: '2028-07-01', until: '2028-07-15', shows: '- paused' },
  // The pause is over at noon, the next backup comes in the night.
  { job: 'mail', from: '2028-07-15', until: '2028-07-16', shows: 'ffffu non_compliant' },
  { job: 'mail', from: '2028-09-04', until: '2028-09-06', shows: 'ppppf non_compliant' },
  // One copy beside the original, which nobody has restored.
  { job: 'crm', from: '2028-06-17', until: '2028-09-01', shows: 'fffff non_compliant' },
  { job: 'plans', from: '2028-03-15', until: '2028-04-15', shows: 'ffffu non_compliant' },
];

/** Jobs that are judged only for a while. */
const lives: Readonly<Record<string, Span>> = {
  crm: { from: '2028-06-17', until: '2028-09-01' },
  plans: { from: '2028-03-15', until: '2028-04-15' },
};

export function digitsOn(day: string): Readonly<Record<string, string>> {
  const keys = [...reportedJobs.map(({ key }) => key), 'photos', 'crm', 'plans'];
  const there = keys.filter((key) => lives[key] === undefined || isBetween(day, lives[key].from, lives[key].until));
  return Object.fromEntries(there.toSorted().map((job) => [job, digitsOf(job, day)]));
}

function digitsOf(job: string, day: string): string {
  const odd = digits.find((one) => one.job === job && isBetween(day, one.from, one.until));
  return odd?.shows ?? good;
}

interface Alert extends Span {
  readonly alert: string;
}

function ofCopies(job: string, copies: readonly string[], alert: string, span: Span): readonly Alert[] {
  return copies.map((copy) => ({ alert: `${alert} ${job} (${copy})`, ...span }));
}

const alerts: readonly Alert[] = [
  { alert: 'backup-failed files (nas)', from: '2028-01-10', until: '2028-01-13' },
  ...ofCopies('files', ['nas', 'disk', 'cloud'], 'backup-missed', { from: '2028-03-06', until: '2028-03-09' }),
  // The age on the second day, then three of thirty runs until only one of them is left in the window.
  { alert: 'sla-violated files', from: '2028-03-07', until: '2028-04-06' },
  ...ofCopies('files', ['nas', 'disk', 'cloud'], 'backup-missed', { from: '2028-04-20', until: '2028-04-21' }),
  ...ofCopies('tokyo', ['nas', 'disc', 'cloud'], 'backup-partial', { from: '2028-02-29', until: '2028-03-01' }),
  // Only what lacks nothing keeps a promise: the last good one is a day and three quarters old.
  { alert: 'sla-violated tokyo', from: '2028-03-01', until: '2028-03-02' },
  // Six hours late at four in the morning; the next run comes in the evening of the same day.
  ...ofCopies('erp', ['nas', 'disk', 'bucket'], 'backup-missed', { from: '2028-06-15', until: '2028-06-15' }),
  ...ofCopies('archive', ['disk', 'disc', 'cloud'], 'backup-missed', { from: '2028-05-31', until: '2028-06-02' }),
  // Registered at noon, 36 hours later.
  ...ofCopies('plans', ['nas', 'disk'], 'backup-missed', { from: '2028-03-17', until: '2028-04-15' }),
  // Nothing came within its first day.
  { alert: 'sla-violated plans', from: '2028-03-16', until: '2028-04-15' },
  { alert: 'drill-failed photos (cloud)', from: '2028-06-01', until: '2028-06-03' },
  { alert: 'verification-failed photos (cloud)', from: '2028-06-01', until: '2028-06-03' },
  { alert: 'ticket-opened photos (cloud)', from: '2028-06-01', until: '2028-06-03' },
  // Critical: to be settled within a day.
  { alert: 'ticket-overdue photos (cloud)', from: '2028-06-02', until: '2028-06-03' },
  { alert: 'test-overdue photos', from: '2028-06-02', until: '2028-06-03' },
  { alert: 'drill-failed mail (disk)', from: '2028-09-04', until: '2028-09-06' },
  { alert: 'ticket-opened mail (disk)', from: '2028-09-04', until: '2028-09-06' },
  // Opened in the evening, and so late from the evening after on.
  { alert: 'ticket-overdue mail (disk)', from: '2028-09-06', until: '2028-09-06' },
  { alert: `medium-lost T-SON-2`, from: lostTape.on, until: lostTape.replacedOn },
  { alert: 'loan-overdue T-GRANDFATHER-12', from: '2028-03-09', until: '2028-03-15' },
  { alert: 'swap-overdue lto', from: '2028-07-15', until: '2028-07-17' },
  // Three heartbeats are missing three days after the last one, which was at noon.
  { alert: 'reporter-silent host-7 (other)', from: '2028-08-12', until: '2028-08-17' },
  { alert: 'report-unclaimed CRM nightly (veeam)', from: '2028-06-15', until: '2028-06-17' },
  ...weeklyTests(),
  ...photoTests(),
  ...swaps(),
  ...violations(),
];

/** Planned quarterly from 1 December; recorded on the days of tests, which are at most seven days before. */
function weeklyTests(): readonly Alert[] {
  return [
    // Due on 1 March, told a week before, done on 29 February.
    { alert: 'test-due weekly', from: '2028-02-23', until: '2028-02-29' },
    // Forgotten: due on 1 June, done with the next ones on 27 August; then it is 1 September that is due.
    { alert: 'test-due weekly', from: '2028-05-25', until: '2028-06-02' },
    { alert: 'test-overdue weekly', from: '2028-06-02', until: '2028-08-27' },
    { alert: 'test-due weekly', from: '2028-11-24', until: '2028-11-25' },
  ];
}

/** Every first of the month, run by Kura: told a week before, done on the day. */
function photoTests(): readonly Alert[] {
  const months = ['2028-01', '2028-02', '2028-03', '2028-04', '2028-05', '2028-06', '2028-07', '2028-08', '2028-09'];
  const due = [...months, '2028-10', '2028-11', '2028-12'].map((month) => ({
    alert: 'test-due photos',
    from: dayAfter(`${month}-01`, -7),
    until: month === '2028-06' ? '2028-06-02' : `${month}-01`,
  }));
  return [{ alert: 'test-due photos', from: '2027-12-01', until: '2027-12-01' }, ...due];
}

/** Told in the morning and done at noon; what is not done waits for the next turn. */
function swaps(): readonly Alert[] {
  return daysOfYear()
    .filter(isWorkday)
    .map((day) => ({ alert: 'swap-due lto', from: day, until: isSwapped(day) ? day : dayAfter(day) }));
}

/** Whether the tape that is due on the day goes in. */
export function isSwapped(day: string): boolean {
  const isGone = tapeDueOn(day) === lostTape.position && isBetween(day, lostTape.on, lostTape.replacedOn);
  return !isGone && !skippedSwaps.some((skipped) => skipped === day);
}

/** Every verdict that is not good is an alert as long as it lasts. */
function violations(): readonly Alert[] {
  return digits
    .filter(({ shows }) => !shows.includes('paused'))
    .map(({ job, from, until }) => ({ alert: `rule-violated ${job}`, from, until }));
}

export function alertsOpenOn(day: string): readonly string[] {
  return alerts
    .filter(({ from, until }) => isBetween(day, from, until))
    .map(({ alert }) => alert)
    .toSorted();
}

/** What is over and comes back at once is the same alert. */
export function alertsRaisedOn(day: string): readonly string[] {
  const ended = alerts.filter(({ from, until }) => until === day && from < day);
  const returning = new Set(ended.map(({ alert }) => alert));
  return alerts
    .filter(({ from, alert }) => from === day && !returning.has(alert))
    .map(({ alert }) => alert)
    .toSorted();
}

const tickets: readonly (Span & { readonly ticket: string })[] = [
  { ticket: 'photos cloud corruption', from: '2028-06-01', until: '2028-06-03' },
  { ticket: 'mail disk restore', from: '2028-09-04', until: '2028-09-06' },
];

export function ticketsOpenOn(day: string): readonly string[] {
  return tickets.filter(({ from, until }) => isBetween(day, from, until)).map(({ ticket }) => ticket);
}

/** What the page of swaps says in the morning: the tape of the day, or of the Friday that nobody came on. */
export function dueTapeOn(day: string): string {
  const turn = isWorkday(day) ? day : lastTurnBefore(day);
  const position = tapeDueOn(turn) ?? '';
  if (turn !== day && isSwapped(turn)) return 'nothing';
  const late = Math.round((Date.parse(day) - Date.parse(turn)) / 86_400_000);
  const isGone = position === lostTape.position && isBetween(day, lostTape.on, dayAfter(lostTape.replacedOn));
  if (isGone) return `blocked ${tapeLabel(position)} ${late}`;
  return `${late > 0 ? 'late' : 'due'} ${labelAt(position, day)} ${late}`;
}

function lastTurnBefore(day: string): string {
  let turn = dayAfter(day, -1);
  while (!isWorkday(turn)) turn = dayAfter(turn, -1);
  return turn;
}

/** What stands at a position on a day. */
export function labelAt(position: string, day: string): string {
  return position === lostTape.position && day >= lostTape.replacedOn ? lostTape.label : tapeLabel(position);
}

const letters: Readonly<Record<string, 'pass' | 'fail' | 'unknown'>> = { p: 'pass', f: 'fail', u: 'unknown' };
const digitOrder = ['copies', 'media', 'offsite', 'offline', 'errors'];

/** The figures of all jobs together, counted from what each must show. */
export function figuresOn(day: string): object {
  const byStatus = { compliant: 0, warning: 0, non_compliant: 0, unknown: 0, paused: 0 };
  const counts = digitOrder.map(() => ({ pass: 0, fail: 0, unknown: 0 }));
  for (const shows of Object.values(digitsOn(day))) {
    const [found = '', status = ''] = shows.split(' ');
    byStatus[status as keyof typeof byStatus] += 1;
    for (const [index, one] of counts.entries()) {
      const state = letters[found.charAt(index)];
      if (state !== undefined) one[state] += 1;
    }
  }
  const judged = byStatus.compliant + byStatus.warning + byStatus.non_compliant + byStatus.unknown;
  const ratePercent = judged === 0 ? null : Math.round((byStatus.compliant / judged) * 10_000) / 100;
  return { byStatus, ratePercent, digits: Object.fromEntries(digitOrder.map((name, index) => [name, counts[index]])) };
}
