/** Which version of a program is installed. */
import { stat } from 'node:fs/promises';

import { findProgram } from './find-program.ts';
import { plainEnvironment } from './plain-environment.ts';
import { readProgram } from './read-program.ts';

export interface VersionQuestion {
  readonly program: string;
  readonly args: readonly string[];
  /** Finds the version in all it said on standard output. */
  readonly versionIn: (text: string) => string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Undefined where the program is not installed or says no version. Asked again only when its file has changed. */
export function createVersionReader(question: VersionQuestion): (signal: AbortSignal) => Promise<string | undefined> {
  let known: { readonly file: string; readonly version: string | undefined } | undefined;
  return async (signal) => {
    const program = await findProgram(question.program);
    if (program === undefined) return undefined;
    const { mtimeMs, size } = await stat(program);
    const file = `${program} ${mtimeMs} ${size}`;
    if (known?.file !== file) known = { file, version: await ask(question, program, signal) };
    return known.version;
  };
}

async function ask(
  { args, versionIn, environment }: VersionQuestion,
  program: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const lines: string[] = [];
  const said = { onOutput: (line: string) => lines.push(line), onComplaint: () => undefined };
  await readProgram({ program, args, environment: plainEnvironment(environment), folder: '/', ...said }, signal);
  return versionIn(lines.join('\n'));
}
