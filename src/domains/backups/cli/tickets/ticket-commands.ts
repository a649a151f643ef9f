/** `kura backups ticket …`: what went wrong with backups and is not settled yet. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const define = defineCommand<Backups>();
const ticketArgument = { name: 'ticket', required: true } as const;
const ticketInput = { ticket: contract.readTicket.params.shape.ticket };

const listCommand = define({
  words: ['backups', 'ticket', 'list'],
  arguments: [{ name: 'job' }],
  options: [{ flags: '--status <status>' }, { flags: '--limit <n>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema.optional(),
    status: contract.ticketStatusSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  async run(query, { call, out, translator }) {
    const page = await call(contract.listTickets, { query });
    out.result(page, () => {
      if (page.items.length === 0) return translator.text('cli.backups.ticket.list.empty');
      return table(page.items.map((ticket) => rowOf(ticket, translator)));
    });
    return 0;
  },
});

const showCommand = define({
  words: ['backups', 'ticket', 'show'],
  arguments: [ticketArgument],
  remote: true,
  input: z.strictObject(ticketInput),
  async run(params, { call, out, translator }) {
    const ticket = await call(contract.readTicket, { params });
    out.result(ticket, () => renderTicket(ticket, translator));
    return 0;
  },
});

const openCommand = define({
  words: ['backups', 'ticket', 'open'],
  arguments: [{ name: 'job', required: true }],
  options: [
    { flags: '--detail <text>' },
    { flags: '--copy <name>' },
    { flags: '--kind <kind>' },
    { flags: '--importance <importance>' },
    { flags: '--assignee <name>' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    detail: z.string().min(1),
    copy: contract.copyNameSchema.optional(),
    kind: contract.ticketKindSchema.default('other'),
    importance: contract.ticketImportanceSchema.default('medium'),
    assignee: z.string().min(1).optional(),
  }),
  async run(body, { call, out, translator }) {
    const ticket = await call(contract.openTicketByHand, { body });
    out.result(ticket, () => renderTicket(ticket, translator));
    return 0;
  },
});

const changeCommand = define({
  words: ['backups', 'ticket', 'change'],
  arguments: [ticketArgument],
  options: [
    { flags: '--status <status>' },
    { flags: '--importance <importance>' },
    { flags: '--assignee <name>' },
    { flags: '--note <text>' },
  ],
  remote: true,
  input: z.strictObject({
    ...ticketInput,
    status: contract.ticketStatusSchema.exclude(['done']).optional(),
    importance: contract.ticketImportanceSchema.optional(),
    assignee: z.string().min(1).optional(),
    note: z.string().min(1).optional(),
  }),
  async run({ ticket: id, ...body }, { call, out, translator }) {
    const ticket = await call(contract.changeTicket, { params: { ticket: id }, body });
    out.result(ticket, () => renderTicket(ticket, translator));
    return 0;
  },
});

const closeCommand = define({
  words: ['backups', 'ticket', 'close'],
  arguments: [ticketArgument],
  options: [{ flags: '--reason <text>' }],
  remote: true,
  input: z.strictObject({ ...ticketInput, reason: z.string().min(1) }),
  async run({ ticket: id, reason }, { call, out, translator }) {
    const ticket = await call(contract.changeTicket, { params: { ticket: id }, body: { status: 'done', reason } });
    out.result(ticket, () => renderTicket(ticket, translator));
    return 0;
  },
});

export const ticketCommands: ReadonlyArray<Command<Backups>> = [
  listCommand,
  showCommand,
  openCommand,
  changeCommand,
  closeCommand,
];

function rowOf(ticket: contract.TicketView, translator: Translator): readonly string[] {
  const { number, job, copy, kind, importance, status, overdue, assignee, what } = ticket;
  return [
    `#${number}`,
    translator.text(`backups.ticket-status-${status}`),
    translator.text(`backups.importance-${importance}`),
    `${job}/${copy ?? '*'}`,
    translator.text(`backups.ticket-kind-${kind}`),
    overdue ? translator.text('backups.ticket-overdue') : '',
    assignee ?? '',
    what.text,
  ];
}

function renderTicket(ticket: contract.TicketDetail, translator: Translator): string {
  const { findings, changes, closingReason, dueAt } = ticket;
  const due = translator.text('cli.backups.ticket.show.due', { time: translator.time(dueAt) });
  return [
    rowOf(ticket, translator).filter(Boolean).join('  '),
    `    ${due}`,
    ...findings.map(({ text }) => `    · ${text}`),
    ...changes.map(({ at, by, what, note }) => {
      const said = translator.text(`backups.ticket-change-${what}`, { by });
      return `    ${translator.time(at)}  ${said}${note === null ? '' : ` – ${note}`}`;
    }),
    ...(closingReason === null ? [] : [`    ${closingReason}`]),
  ].join('\n');
}
