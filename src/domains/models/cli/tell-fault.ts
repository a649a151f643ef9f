/** One of several things failed and the command goes on: said at once, to people and programs. */
import type { KuraError } from '#kernel/errors';
import type { CommandContext } from '#platform/cli';
import { describeError } from '#platform/i18n';

export function tellFault(
  fault: { readonly path: string; readonly error: KuraError },
  { out, translator }: Pick<CommandContext<unknown>, 'out' | 'translator'>,
): void {
  const { code, title, advice, id } = describeError(fault.error, translator);
  out.warn([`✖ ${fault.path}: ${title}`, ...(advice === undefined ? [] : [`  ${advice}`])].join('\n'));
  out.event({ event: 'error', path: fault.path, code, title, advice, id });
}
