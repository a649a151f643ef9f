/** `kura alerts`: what is wrong now, and who takes care of it. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();

const list = define({
  words: ['alerts', 'list'],
  remote: true,
  options: [
    { flags: '--state <state>' },
    { flags: '--severity <severity>' },
    { flags: '--type <type>' },
    { flags: '--subject <name>' },
    { flags: '--site <site>' },
    { flags: '--limit <n>' },
    { flags: '--cursor <cursor>' },
  ],
  input: contract.listAlerts.query,
  run: async (query, { call, out, translator }) => {
    const page = await call(contract.listAlerts, { query });
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.alerts.list.empty')
        : table(page.items.map((alert) => cells(alert, translator))),
    );
    if (page.nextCursor !== undefined) out.note(translator.text('cli.alerts.list.more', { cursor: page.nextCursor }));
    return undefined;
  },
});

function cells(alert: contract.AlertView, translator: Translator): readonly string[] {
  return [
    alert.id,
    translator.text(`notify.severity.${alert.severity}`),
    stateOf(alert, translator),
    translator.time(alert.lastAt),
    `×${alert.count}`,
    alert.title,
  ];
}

function stateOf({ state, snoozedUntil }: contract.AlertView, { text }: Translator): string {
  return text(snoozedUntil === null ? `cli.alerts.state.${state}` : 'cli.alerts.state.snoozed');
}

const show = define({
  words: ['alerts', 'show'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.strictObject({ id: z.string().min(1) }),
  run: async (params, { call, out, translator }) => {
    const answer = await call(contract.readAlert, { params });
    out.result(answer, () => renderAlert(answer, translator));
    return undefined;
  },
});

type Answer = Awaited<ReturnType<typeof contract.readAlert.output.parse>>;

function renderAlert({ alert, history, runbooks }: Answer, translator: Translator): string {
  const { text, time } = translator;
  const happened = text('cli.alerts.show.happened', {
    severity: text(`notify.severity.${alert.severity}`),
    state: stateOf(alert, translator),
    count: alert.count,
    first: time(alert.firstAt),
    last: time(alert.lastAt),
  });
  const events = history.map((one) => [
    time(one.at),
    text(`cli.alerts.change.${one.change}`),
    one.by ?? '',
    one.note ?? '',
  ]);
  return [
    alert.title,
    happened,
    ...(alert.detail === null ? [] : [alert.detail]),
    alert.advice,
    '',
    table(events),
    ...(runbooks.length === 0 ? [] : ['', text('cli.alerts.show.runbooks'), table(runbooks.map(runbookCells))]),
  ].join('\n');
}

function runbookCells({ id, title }: Answer['runbooks'][number]): readonly string[] {
  return [id, title];
}

type Word = 'acknowledge' | 'reopen' | 'resolve' | 'snooze';

function action(word: Word): Command<unknown> {
  const isNap = word === 'snooze';
  return define({
    words: ['alerts', word],
    arguments: [{ name: 'ids', required: true, variadic: true }],
    options: [...(isNap ? [{ flags: '--minutes <n>' }] : []), { flags: '--note <text>' }],
    remote: true,
    input: z.strictObject({
      ids: z.array(z.string().min(1)).min(1),
      minutes: z.coerce.number().int().min(1).max(43_200).optional(),
      note: z.string().min(1).optional(),
    }),
    run: async ({ ids, note, minutes }, { call, out, translator }) => {
      const nap = isNap ? { minutes: minutes ?? 60 } : {};
      const body = { ids, action: word, ...nap, ...(note === undefined ? {} : { note }) };
      const answer = await call(contract.actOnAlerts, { body });
      const { items, refused } = answer;
      out.result(answer, () => translator.text(`cli.alerts.${word}.done`, { count: items.length }));
      for (const one of refused) out.warn(translator.text('cli.alerts.refused', one));
      if (refused.length === 0) return undefined;
      return items.length === 0 ? exitCodes.failed : exitCodes.partlyDone;
    },
  });
}

const figures = define({
  words: ['alerts', 'figures'],
  options: [{ flags: '--days <n>' }],
  remote: true,
  input: contract.measureAlerts.query,
  run: async (query, { call, out, translator }) => {
    const { text } = translator;
    const answer = await call(contract.measureAlerts, { query });
    out.result(answer, () =>
      table(
        answer.bySeverity.map((one) => [
          text(`notify.severity.${one.severity}`),
          text('cli.alerts.figures.line', one),
          text('cli.alerts.figures.medians', {
            acknowledge: one.medianMinutesToAcknowledge ?? '–',
            resolve: one.medianMinutesToResolve ?? '–',
          }),
        ]),
      ),
    );
    return undefined;
  },
});

export const alertCommands: readonly Command<unknown>[] = [
  list,
  show,
  action('acknowledge'),
  action('reopen'),
  action('snooze'),
  action('resolve'),
  figures,
];
