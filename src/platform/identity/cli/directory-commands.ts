/** `kura ldap`: the company's directory. */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';

import { type DirectoryStepView, testDirectory } from '../contract/directory-routes.ts';
import { readPassword } from './read-password.ts';

const define = defineCommand<unknown>();

export const directoryCommands: readonly Command<unknown>[] = [
  define({
    words: ['ldap', 'test'],
    arguments: [{ name: 'user', required: true }],
    remote: true,
    options: [{ flags: '--password-file <path>' }, { flags: '--no-password' }],
    input: z.strictObject({
      user: z.string().min(1).max(200),
      passwordFile: z.string().min(1).optional(),
      password: z.boolean().default(true),
    }),
    run: async ({ user, passwordFile, password: isAsked }, context) => {
      const { call, out, translator } = context;
      const password = isAsked ? await givenPassword(passwordFile, context) : '';
      const body = { username: user, ...(password === '' ? {} : { password }) };
      const answer = await call(testDirectory, { body });
      out.result(answer, () => {
        const told = answer.steps.map((step) => stepText(step));
        const verdict = answer.ok
          ? translator.text('cli.ldap.test.good', { user: answer.username ?? user, role: answer.role ?? '' })
          : translator.text('cli.ldap.test.bad', { user });
        return [...told, '', verdict].join('\n');
      });
      return answer.ok ? exitCodes.done : exitCodes.mismatch;
    },
  }),
];

/** One line; what editors end it with is no part of the password. */
async function givenPassword(
  path: string | undefined,
  { out, translator, signal }: CommandContext<unknown>,
): Promise<string> {
  if (path !== undefined) return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  return readPassword(() => {
    out.note(translator.text('cli.ldap.test.ask'));
  }, signal);
}

function stepText({ text, facts, problem }: DirectoryStepView): string {
  const lines = facts.map((fact) => `    ${fact}`);
  if (problem === null) return [`✔ ${text}`, ...lines].join('\n');
  return [`✖ ${text}`, ...lines, `    ${problem.message}`, `    → ${problem.advice}`].join('\n');
}
