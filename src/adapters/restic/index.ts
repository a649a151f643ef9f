/** Copies made by restic. */
export { createResticEngine } from './restic-engine.ts';
export type { ResticDeps } from './restic-program.ts';
