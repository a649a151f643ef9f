/** The edge of the command line: parse, run, translate errors, exit code. */

import { KuraError, toKuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { withoutUndefined } from '#kernel/without-undefined';
import { ApiProblem } from '#platform/contract';
import { describeError, faultsOf, safeParseIn, type Translator } from '#platform/i18n';

import { buildProgram, CommanderError, type Parsed } from './build-program.ts';
import type { Command, CommandContext, Globals } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { plainFiles } from './file-access.ts';
import { createOutput, type Output, type OutputOptions } from './output.ts';

export interface CommandLine<Services> {
  readonly argv: readonly string[];
  readonly commands: readonly Command<Services>[];
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly version: string;
  /** Language when `--lang` is not given. */
  readonly language: Language;
  readonly streams: Pick<OutputOptions, 'stdout' | 'stderr'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Opens what commands need; disposed of when the command has ended, however it ended. */
  readonly connect: (globals: Globals, command: Command<Services>, out: Output) => Connection<Services>;
}

export interface Connection<Services> extends AsyncDisposable {
  readonly open: CommandContext<Services>['open'];
  readonly call: CommandContext<Services>['call'];
  /** Writes an error to the log where there is one. */
  readonly logError: (error: KuraError) => void;
}

/** Runs one command line and returns the exit code (blueprint §4.2). */
export async function runCommandLine<Services>(line: CommandLine<Services>): Promise<number> {
  const language = askedLanguage(line.argv) ?? line.language;
  const translator = line.translators[language];
  const parsed = parse(line, translator);
  if (typeof parsed === 'number') return parsed;
  const globals = readGlobals(parsed.globals, language);
  const out = createOutput({ json: globals.json, quiet: globals.quiet, now: line.now, ...line.streams });
  return execute(line, parsed, { globals, out, translator });
}

interface Edge {
  readonly globals: Globals;
  readonly out: Output;
  readonly translator: Translator;
}

async function execute<Services>(line: CommandLine<Services>, parsed: Parsed<Services>, edge: Edge): Promise<number> {
  const { command } = parsed;
  let connection: Connection<Services> | undefined;
  try {
    if (edge.globals.server !== undefined && !command.remote) {
      throw new KuraError('invalid', 'cli.local-only', { params: { command: command.words.join(' ') } });
    }
    const input = validate(command, parsed.input, edge.translator);
    connection = line.connect(edge.globals, command, edge.out);
    const { open, call } = connection;
    const code = await command.run(input, { ...edge, ...plainFiles, signal: line.signal, open, call });
    edge.out.progress(undefined);
    return code ?? exitCodes.done;
  } catch (error) {
    return report(error, command, edge, connection);
  } finally {
    await connection?.[Symbol.asyncDispose]();
  }
}

function parse<Services>(line: CommandLine<Services>, translator: Translator): Parsed<Services> | number {
  let parsed: Parsed<Services> | undefined;
  const { stdout, stderr } = line.streams;
  const text = {
    version: line.version,
    stdout: (part: string) => void stdout.write(part),
    stderr: (part: string) => void stderr.write(part),
  };
  const program = buildProgram(line.commands, translator, text, (one) => {
    parsed = one;
  });
  try {
    program.parse([...line.argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.done;
    if (error.code === 'commander.help') return exitCodes.wrongUsage;
    stderr.write(`${usageText(error, translator)}\n`);
    return exitCodes.wrongUsage;
  }
  if (parsed !== undefined) return parsed;
  program.outputHelp({ error: true });
  return exitCodes.wrongUsage;
}

/** Commander's own English sentences, by their code, in the reader's language; names in them are kept. */
function usageText(error: CommanderError, translator: Translator): string {
  const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const suggestion = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(error.message)?.[1];
  const key = `cli.usage.${error.code.replace('commander.', '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const title = translator.has(key)
    ? translator.text(key, { name: quoted })
    : translator.text('cli.usage.other', { reason: error.message.replace(/^error: /, '') });
  const hint = suggestion === undefined ? '' : `\n  ${translator.text('cli.usage.suggestion', { suggestion })}`;
  return `✖ ${title}${hint}\n  ${translator.text('cli.usage.help')}`;
}

function validate<Services>(
  command: Command<Services>,
  input: Readonly<Record<string, unknown>>,
  translator: Translator,
): unknown {
  const given = withoutUndefined(input);
  const result = safeParseIn(command.input, given, translator.language);
  if (result.success) return given;
  const list = faultsOf(result.error, 'cli.invalid-option').map(({ path, code, params }) =>
    [translator.text(code, params), path].filter((part) => part !== '').join(' → '),
  );
  throw new KuraError('invalid', 'cli.input-invalid', { params: { list: list.join('; ') } });
}

function readGlobals(raw: Readonly<Record<string, unknown>>, language: Language): Globals {
  return {
    home: typeof raw['home'] === 'string' ? raw['home'] : undefined,
    json: raw['json'] === true,
    language,
    quiet: raw['quiet'] === true,
    color: raw['color'] !== false,
    server: typeof raw['server'] === 'string' ? raw['server'] : undefined,
  };
}

/** Help and parse errors come before parsing, so the language is looked for by hand. */
function askedLanguage(argv: readonly string[]): Language | undefined {
  const index = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const value = index < 0 ? undefined : (argv[index]?.split('=')[1] ?? argv[index + 1]);
  return value === 'ja' || value === 'en' ? value : undefined;
}

interface Told {
  readonly code: string;
  readonly title: string;
  readonly advice: string | undefined;
  readonly id: string;
  readonly exitCode: number;
}

function report<Services>(
  error: unknown,
  command: Command<Services>,
  edge: Edge,
  connection: Connection<Services> | undefined,
): number {
  const told =
    error instanceof ApiProblem ? fromServer(error) : fromHere(toKuraError(error), edge.translator, connection);
  const lines = [
    `✖ ${told.title}`,
    ...(told.advice === undefined ? [] : [`  ${told.advice}`]),
    `  [${told.code} ${told.id}]`,
  ];
  edge.out.warn(lines.join('\n'));
  const { exitCode: _exit, ...body } = told;
  if (command.output === 'ndjson') edge.out.event({ event: 'error', ...body });
  else if (edge.out.json && command.output === 'document') edge.out.result({ error: body }, () => '');
  return told.exitCode;
}

function fromHere<Services>(
  error: KuraError,
  translator: Translator,
  connection: Connection<Services> | undefined,
): Told {
  connection?.logError(error);
  const { code, title, advice, id } = describeError(error, translator);
  return { code, title, advice, id, exitCode: error.facts.exitCode };
}

function fromServer({ problem }: ApiProblem): Told {
  const exitCode = problem.status === 422 ? exitCodes.wrongUsage : exitCodes.failed;
  return { code: problem.code, title: problem.title, advice: problem.detail, id: problem.errorId, exitCode };
}
