/** Copies made by rclone. */
export { createRcloneEngine } from './rclone-engine.ts';
export type { RcloneCopyDeps } from './rclone-program.ts';
