/** Protection of files and of the installation's keys: `kura encrypt`, `kura decrypt`, `kura secrets` (P-060, P-061). */

export { withProtectedFiles } from './cli/protected-files.ts';
export { protectionCommands } from './cli/protection-commands.ts';
export type { ProtectionServices } from './cli/protection-services.ts';
export { protectionMessages } from './messages/protection-messages.ts';
export { kitIsPrinted, masterKeyInKit } from './recovery-kit.ts';
