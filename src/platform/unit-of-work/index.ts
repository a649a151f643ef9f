/** Writing (blueprint §2): domains get a unit of work, never a bare transaction. */
export { type Actor, actorOfCaller } from './actor.ts';
export {
  type AuditCategory,
  type AuditEntry,
  type AuditLevel,
  type AuditTables,
  auditMigrations,
} from './audit-entry.ts';
export {
  createUnitOfWork,
  type UnitOfWork,
  type UnitOfWorkDeps,
  type WriteTransaction,
} from './unit-of-work.ts';
