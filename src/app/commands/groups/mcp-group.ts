import { mcpCommand } from '../mcp-command.ts';
import type { Commands } from './command-group.ts';

export function mcpGroup(): Commands {
  return [mcpCommand];
}
