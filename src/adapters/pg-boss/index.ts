/**
 * Delivers Kura's jobs through pg-boss on PostgreSQL (P-020): waiting, order, delay and fetching without collision are
 * pg-boss's; state, lease, attempts and history stay in Kura's own record, the same as for the embedded queue.
 */
export { type PgBossDelivery, type PgBossOptions, startPgBossDelivery } from './pg-boss-delivery.ts';
