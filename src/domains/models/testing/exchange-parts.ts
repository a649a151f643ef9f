/** Rows of a bundle of history, for tests that write and spoil them. */
export { factsOf } from '../core/exchange/export-history.ts';
export { insertExchangeRows } from '../store/exchange-store.ts';
export type { ExchangeRow } from '../store/exchange-tables.ts';
