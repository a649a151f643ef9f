/**
 * A stand-in for CivitAI: the REST API, downloads and storage of 2026 on two loopback ports, with a curated catalogue,
 * real files made on the fly and faults that can be switched while it runs.
 * Contract: the note on the CivitAI API and the recorded answers (`KURA_FIXTURES`).
 */
export type { KnownFile } from './catalogue/catalogue.ts';
export { collectRealModels } from './catalogue/collect-real-models.ts';
export type { KnownRole } from './catalogue/draft.ts';
export type { CatalogueModel, CatalogueVersion } from './catalogue/entities.ts';
export type { RealModel } from './catalogue/real-models.ts';
export type { Fault } from './faults/fault.ts';
export type { LoggedRequest } from './request-log.ts';
export type { Account } from './routes/exchange.ts';
export { type CivitaiSimulator, type SimulatorOptions, startCivitaiSimulator } from './simulator.ts';
