import { camelCase, pascalCase, requireDomain, requireKebabCase } from './names.ts';
import type { Scaffold } from './scaffold.ts';

/**
 * The shape of an adapter: settings with a schema, foreign failures translated at its door, messages, and the port to
 * fill. The port is named with `Partial` first, so that the tree compiles while its methods are added.
 */
export function adapter(
  adapterName: string | undefined,
  domainName: string | undefined,
  port: string | undefined,
): Scaffold {
  const name = requireKebabCase(adapterName, 'The name of the adapter');
  const domain = requireDomain(domainName);
  if (port === undefined || !/^[A-Z]\w*$/.test(port))
    throw new Error('The third word must name a port, like "CopyTarget".');
  const folder = `src/adapters/${name}`;
  return {
    files: new Map([
      [`${folder}/index.ts`, door(name)],
      [`${folder}/${name}-settings.ts`, settings(name)],
      [`${folder}/${name}-failure.ts`, failure(name)],
      [`${folder}/${name}-failure.test.ts`, failureTest(name)],
      [`${folder}/create-${name}.ts`, factory(name, domain, port)],
      [`${folder}/messages/en.ts`, english(name)],
      [`${folder}/messages/ja.ts`, japanese(name)],
    ]),
    next: [
      `replace Partial<${port}> by ${port} in create-${name}.ts: the compiler names the methods to write`,
      `run the contract kit of ${port} (src/domains/${domain}/testing) against it in test/contract`,
      'wire it in src/app; npm run check names what is still missing',
    ],
  };
}

function door(name: string): string {
  return `import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { create${pascalCase(name)} } from './create-${name}.ts';
export { type ${pascalCase(name)}Settings, ${camelCase(name)}Settings } from './${name}-settings.ts';
export const ${camelCase(name)}Messages: Catalogues = { en, ja };
`;
}

function settings(name: string): string {
  return `import { z } from 'zod';

export const ${camelCase(name)}Settings = z.strictObject({
  /** Where the service answers. */
  url: z.url(),
  /** Milliseconds after which an unanswered request is given up. */
  timeoutMs: z.number().int().positive().default(30_000),
});

export type ${pascalCase(name)}Settings = z.output<typeof ${camelCase(name)}Settings>;
`;
}

function factory(name: string, domain: string, port: string): string {
  return `import type { ${port} } from '#${domain}/ports';

import { ${camelCase(name)}Failure } from './${name}-failure.ts';
import type { ${pascalCase(name)}Settings } from './${name}-settings.ts';

export function create${pascalCase(name)}(settings: ${pascalCase(name)}Settings): Partial<${port}> {
  if (!URL.canParse(settings.url)) throw ${camelCase(name)}Failure(new TypeError('not a URL'), settings.url);
  return {};
}
`;
}

function failure(name: string): string {
  return `import { KuraError, toKuraError } from '#kernel/errors';

/** A failure of the far side as one of ours; our own errors and interruptions pass as they are. */
export function ${camelCase(name)}Failure(cause: unknown, url: string): KuraError {
  const known = toKuraError(cause);
  if (known.kind !== 'internal') return known;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KuraError('unavailable', '${name}.unavailable', { cause, params: { url, reason } });
}
`;
}

function failureTest(name: string): string {
  return `import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ${camelCase(name)}Failure } from './${name}-failure.ts';

describe('${camelCase(name)}Failure', () => {
  it('says which service did not answer and keeps the cause', () => {
    const cause = new Error('connection reset');
    const error = ${camelCase(name)}Failure(cause, 'https://example.org');
    assert.equal(error.code, '${name}.unavailable');
    assert.deepEqual(error.params, { url: 'https://example.org', reason: 'connection reset' });
    assert.equal(error.cause, cause);
  });

  it('leaves an interruption an interruption', () => {
    assert.equal(${camelCase(name)}Failure(AbortSignal.abort().reason, 'x').kind, 'interrupted');
  });
});
`;
}

function english(name: string): string {
  return `export const en = {
  '${name}.unavailable': '{url} did not answer: {reason}. Nothing was changed there.',
  '${name}.unavailable.advice': 'Check the address and the network; Kura tries again by itself.',
} as const;
`;
}

function japanese(name: string): string {
  return `import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  '${name}.unavailable': '{url} から応答がありません: {reason}。相手側のデータは変わっていません。',
  '${name}.unavailable.advice': 'アドレスとネットワークを確認してください。Kura は自動で再試行します。',
};
`;
}
