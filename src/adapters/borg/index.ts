/** Copies made by BorgBackup. */
export { createBorgEngine } from './borg-engine.ts';
export type { BorgDeps } from './borg-program.ts';
