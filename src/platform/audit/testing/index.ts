/** An audit log over a test database, with a key of its own. */
export { auditTestMigrations, openTestAudit, type TestAudit, type TestAuditOptions } from './open-audit.ts';
