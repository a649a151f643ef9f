/** Every command there is, each loaded when it is wanted. */
import type { Command } from '#platform/cli';
import type { Environment } from '#platform/config';

import type { AppContext } from '../context.ts';
import type { CommandGroup } from './groups/command-group.ts';
import { withProtection } from './with-protection.ts';

interface LazyGroup {
  /** First words of its commands; a word of two groups needs both. */
  readonly words: readonly string[];
  readonly load: () => Promise<CommandGroup>;
}

/** In the order of the help. */
const groups: readonly LazyGroup[] = [
  { words: ['serve'], load: async () => (await import('./groups/serve-group.ts')).serveGroup },
  { words: ['models', 'hash'], load: async () => (await import('./groups/models-group.ts')).modelsGroup },
  { words: ['fetch', 'scan', 'models'], load: async () => (await import('./groups/files-group.ts')).filesGroup },
  { words: ['backups'], load: async () => (await import('./groups/backups-group.ts')).backupsGroup },
  { words: ['dr'], load: async () => (await import('./groups/recovery-group.ts')).recoveryGroup },
  { words: ['vault'], load: async () => (await import('./groups/vault-group.ts')).vaultGroup },
  { words: ['knowledge'], load: async () => (await import('./groups/knowledge-group.ts')).knowledgeGroup },
  {
    words: ['encrypt', 'decrypt', 'secrets'],
    load: async () => (await import('./groups/protection-group.ts')).protectionGroup,
  },
  {
    words: ['alerts', 'notify', 'availability'],
    load: async () => (await import('./groups/alerts-group.ts')).alertsGroup,
  },
  { words: ['plugins'], load: async () => (await import('./groups/plugins-group.ts')).pluginsGroup },
  { words: ['mcp'], load: async () => (await import('./groups/mcp-group.ts')).mcpGroup },
  {
    words: [
      'login-link',
      'login',
      'logout',
      'users',
      'roles',
      'keys',
      'sessions',
      'ldap',
      'mail',
      'auth',
      'config',
      'db',
      'schedules',
      'audit',
      'doctor',
    ],
    load: async () => (await import('./groups/platform-group.ts')).platformGroup,
  },
];

/** What this command line may mean: the groups that its first word names; everything where no group has the word. */
export async function commandsFor(
  argv: readonly string[],
  environment: Environment,
): Promise<readonly Command<AppContext>[]> {
  const named = groups.filter(({ words }) => words.includes(argv[0] ?? ''));
  return await commandsOf(named.length === 0 ? groups : named, environment);
}

export async function allCommands(environment: Environment): Promise<readonly Command<AppContext>[]> {
  return await commandsOf(groups, environment);
}

async function commandsOf(
  wanted: readonly LazyGroup[],
  environment: Environment,
): Promise<readonly Command<AppContext>[]> {
  const loaded = await Promise.all(wanted.map(async ({ load }) => (await load())(environment)));
  return await withProtection(loaded.flat(), environment);
}
