/** Routes of error tickets. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { jobKeySchema } from './job-shapes.ts';
import {
  changeTicketSchema,
  newTicketSchema,
  ticketDetailSchema,
  ticketSchema,
  ticketStatisticsSchema,
  ticketStatusSchema,
} from './ticket-shapes.ts';

/** By its id, or by the number people call it by. */
const ticketParams = z.strictObject({ ticket: z.union([z.uuid(), z.string().regex(/^\d{1,15}$/)]) });

export const openTicketByHand = defineRoute({
  id: 'backups.open-ticket',
  method: 'POST',
  path: '/api/v1/backups/tickets',
  access: 'backups:run',
  body: newTicketSchema,
  output: ticketDetailSchema,
  status: 201,
  errors: ['backups.job-not-found', 'backups.copy-not-found'],
});

export const listTickets = defineRoute({
  id: 'backups.list-tickets',
  method: 'GET',
  path: '/api/v1/backups/tickets',
  access: 'backups:read',
  query: z.strictObject({
    job: jobKeySchema.optional(),
    status: ticketStatusSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    cursor: z.coerce.number().int().positive().optional(),
  }),
  /** Newest first. */
  output: z.object({
    items: z.array(ticketSchema),
    nextCursor: z.number().optional(),
    statistics: ticketStatisticsSchema,
  }),
});

export const readTicket = defineRoute({
  id: 'backups.read-ticket',
  method: 'GET',
  path: '/api/v1/backups/tickets/:ticket',
  access: 'backups:read',
  params: ticketParams,
  output: ticketDetailSchema,
  errors: ['backups.ticket-not-found'],
});

export const changeTicket = defineRoute({
  id: 'backups.change-ticket',
  method: 'PATCH',
  path: '/api/v1/backups/tickets/:ticket',
  access: 'backups:run',
  params: ticketParams,
  body: changeTicketSchema,
  output: ticketDetailSchema,
  errors: ['backups.ticket-not-found', 'backups.ticket-closed', 'backups.ticket-reason-missing'],
});
