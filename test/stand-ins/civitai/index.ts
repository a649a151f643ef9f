/**
 * A stand-in for CivitAI: the REST API, downloads and storage of 2026 on two loopback ports, with a curated catalogue,
 * real files made on the fly and faults that can be switched while it runs.
 * Contract: the note on the CivitAI API and the recorded answers (`KURA_FIXTURES`).
 */
export type { Catalogue, KnownFile } from './catalogue/catalogue.ts';
export { type CollectedModels, type CollectOptions, collectRealModels } from './catalogue/collect-real-models.ts';
export type { KnownRole } from './catalogue/draft.ts';
export type { CatalogueFile, CatalogueModel, CatalogueVersion } from './catalogue/entities.ts';
export type { RealModel } from './catalogue/real-models.ts';
export type { Fault, RouteName } from './faults/fault.ts';
export type { ActiveFault, FaultBoard } from './faults/fault-board.ts';
export type { FileHashes } from './files/file-hashes.ts';
export type { LoggedRequest } from './request-log.ts';
export type { Account } from './routes/exchange.ts';
export { type CivitaiSimulator, defaultAccounts, type SimulatorOptions, startCivitaiSimulator } from './simulator.ts';
