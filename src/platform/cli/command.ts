/**
 * A command is data: its words, arguments and options with a schema, and what it does. Help, validation, error texts and
 * the reference come from this one description. Messages: `cli.<words joined by dots>` and one key below it per option.
 */
import type { z } from 'zod';

import type { Language } from '#kernel/messages';
import type { RouteCall, RouteContract, RouteOutput } from '#platform/contract';
import type { Translator } from '#platform/i18n';

import type { FileAccess } from './file-access.ts';
import type { Output } from './output.ts';

export interface ArgumentSpec {
  readonly name: string;
  readonly required?: boolean;
  /** Takes all remaining words; only the last argument may. */
  readonly variadic?: boolean;
}

export interface OptionSpec {
  /** Commander notation: `--limit <n>`, `--type <type...>`, `--dry-run`. */
  readonly flags: string;
  /** Message that describes it, where several commands share one. */
  readonly text?: string;
}

export interface Globals {
  /** Data directory as asked for on the command line; undefined means environment or default. */
  readonly home: string | undefined;
  readonly json: boolean;
  readonly language: Language;
  readonly quiet: boolean;
  readonly color: boolean;
  /** Base URL of a Kura server that should do the work instead of this process. */
  readonly server: string | undefined;
}

export interface CommandContext<Services> extends FileAccess {
  readonly out: Output;
  readonly translator: Translator;
  /** Aborted at the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  readonly globals: Globals;
  /** The services of this data directory, opened on first use and closed when the command ends. */
  readonly open: () => Promise<Services>;
  /** Runs the use case behind a route: in this process, or on the server that `--server` names. */
  readonly call: <Route extends RouteContract>(route: Route, input?: RouteCall<Route>) => Promise<RouteOutput<Route>>;
}

export interface Command<Services> {
  readonly words: readonly string[];
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** What standard output carries with `--json`: one document, one object per line, or bytes that are not ours to frame. */
  readonly output: 'document' | 'ndjson' | 'none';
  /** Whether `--server` is understood; commands that work on local files say no. */
  readonly remote: boolean;
  /** Whether it writes a file by `save`: then people may have it sealed (`--protect`). */
  readonly saves: boolean;
  /** Whether it reads files of people by `read`: then these may be sealed. */
  readonly reads: boolean;
  readonly input: z.ZodType;
  /** Returns the exit code; nothing means 0. */
  readonly run: (input: unknown, context: CommandContext<Services>) => Promise<number | undefined>;
}

interface CommandDefinition<Input extends z.ZodType, Services> {
  readonly words: readonly string[];
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly output?: 'document' | 'ndjson' | 'none';
  readonly remote?: boolean;
  readonly saves?: boolean;
  readonly reads?: boolean;
  readonly input: Input;
  readonly run: (input: z.output<Input>, context: CommandContext<Services>) => Promise<number | undefined>;
}

export function defineCommand<Services>() {
  return function define<Input extends z.ZodType>(definition: CommandDefinition<Input, Services>): Command<Services> {
    return {
      arguments: [],
      options: [],
      output: 'document',
      remote: false,
      saves: false,
      reads: false,
      ...definition,
      run: (input, context) => definition.run(definition.input.parse(input), context),
    };
  };
}

/** The same command over wider services, as the application sees it. */
export function adaptCommand<Inner, Outer>(command: Command<Inner>, narrow: (outer: Outer) => Inner): Command<Outer> {
  return {
    ...command,
    run: (input, context) => command.run(input, { ...context, open: async () => narrow(await context.open()) }),
  };
}
