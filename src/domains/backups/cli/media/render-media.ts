/** Media as people read them on a terminal. */
import { table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type {
  DueSwap,
  LoanView,
  MediumDetail,
  MediumEvent,
  MediumView,
  PlaceView,
  SetView,
} from '../../contract/index.ts';
import { placeName } from '../../contract/index.ts';

export function renderMedia(items: readonly MediumView[], { text }: Translator): string {
  if (items.length === 0) return text('cli.backups.media.list.empty');
  return table([
    ['label', 'kind', 'stage', 'place', 'name'].map((column) => text(`backups.media-column-${column}`)),
    ...items.map((medium) => [
      medium.label,
      text(`backups.media-kind-${medium.kind}`),
      text(`backups.stage-${medium.stage}`),
      whereabouts(medium),
      medium.name,
    ]),
  ]);
}

export function renderMedium(medium: MediumDetail, translator: Translator): string {
  const { text } = translator;
  const { label, name, stage, stageSince, copies, actions, rest } = medium;
  const lines = [
    [label, name, text(`backups.media-kind-${medium.kind}`), text(`backups.condition-${medium.condition}`)],
    [text(`backups.stage-${stage}`), translator.time(stageSince), whereabouts(medium)],
    ...copies.map(({ job, copy, writtenAt }) => [
      `${job}/${copy}`,
      writtenAt === null ? text('cli.backups.media.show.never-written') : translator.time(writtenAt),
    ]),
    ...(rest?.late === true
      ? [[text('cli.backups.media.show.rests', { days: rest.days, allowed: rest.allowed })]]
      : []),
    [text('cli.backups.media.show.actions', { actions: actions.join(', ') || '–' })],
  ];
  return lines.map((line) => line.filter((part) => part !== '').join('  ')).join('\n');
}

export function renderEvents(events: readonly MediumEvent[], translator: Translator): string {
  return events
    .map(({ at, action, to, place, by, note }) =>
      [
        translator.time(at),
        translator.text(`backups.action-${action}`),
        translator.text(`backups.stage-${to}`),
        place,
        by,
        note,
      ]
        .filter((part) => part !== '')
        .join('  '),
    )
    .join('\n');
}

export function renderLoans(loans: readonly LoanView[], { text, time }: Translator): string {
  if (loans.length === 0) return text('cli.backups.media.loans.empty');
  return loans
    .map(({ id, label, borrower, dueOn, returnedAt, daysOverdue }) => {
      const overdue = daysOverdue > 0 ? text('cli.backups.media.loans.overdue', { days: daysOverdue }) : '';
      const until = returnedAt === null ? `→ ${dueOn}` : time(returnedAt);
      return [id, label, borrower, until, overdue].filter((part) => part !== '').join('  ');
    })
    .join('\n');
}

export function renderPlaces(places: readonly PlaceView[], { text }: Translator): string {
  if (places.length === 0) return text('cli.backups.media.places.empty');
  return places
    .map((place) =>
      `${place.id}  ${placeName(place)}  ${place.used}/${place.capacity ?? '∞'}  ${place.notes}`.trimEnd(),
    )
    .join('\n');
}

export function renderSet({ key, title, active, positions, copies }: SetView, { text }: Translator): string {
  const head = `${key}  ${title}${active ? '' : `  (${text('backups.verdict-paused')})`}`;
  const media = positions.map(({ position, label }) => `  ${position}  ${label ?? '–'}`);
  return [head, ...copies.map(({ job, copy }) => `  ${job}/${copy}`), ...media].join('\n');
}

export function renderDue(due: DueSwap, { text }: Translator): string {
  const { title, state, takeOut, putIn, daysLate, reason, position } = due;
  if (state === 'nothing') return text('cli.backups.media.today.nothing', { set: title });
  if (state === 'blocked') {
    const told = {
      set: title,
      position: position ?? '',
      label: putIn ?? '–',
      reason: text(`backups.stage-${reason ?? ''}`),
    };
    return text('cli.backups.media.today.blocked', told);
  }
  const told = { set: title, putIn: putIn ?? '–', takeOut: takeOut.join(', ') };
  const line = text(takeOut.length === 0 ? 'cli.backups.media.today.put-in' : 'cli.backups.media.today.swap', told);
  return daysLate === 0 ? line : `${line} ${text('cli.backups.media.today.late', { days: daysLate })}`;
}

function whereabouts({ place, loan }: MediumView): string {
  if (loan !== null) return `${loan.borrower} → ${loan.dueOn}`;
  return place === null ? '' : placeName(place);
}
