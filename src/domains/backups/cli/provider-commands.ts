/** `kura backups provider list|set|check|remove`: the places copies lie in. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<Backups>();
const keyArgument = { name: 'key', required: true } as const;
const keyInput = z.strictObject({ key: contract.providerKeySchema });

const listCommand = define({
  words: ['backups', 'provider', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listBackupProviders);
    out.result({ items }, () => renderProviders(items, translator));
    return 0;
  },
});

const setCommand = define({
  words: ['backups', 'provider', 'set'],
  arguments: [keyArgument],
  options: [
    { flags: '--title <text>' },
    { flags: '--address <place>' },
    { flags: '--site <name>' },
    { flags: '--media <kind>' },
    { flags: '--login-file <path>' },
    { flags: '--capacity-bytes <n>' },
    { flags: '--warn-percent <n>' },
    { flags: '--login-ends-on <day>' },
    { flags: '--off' },
  ],
  remote: true,
  input: z.strictObject({
    key: contract.providerKeySchema,
    title: z.string().optional(),
    address: z.string().optional(),
    site: contract.siteSchema,
    media: contract.mediaKindSchema,
    loginFile: z.string().min(1).optional(),
    capacityBytes: z.coerce.number().int().optional(),
    warnPercent: z.coerce.number().int().optional(),
    loginEndsOn: z.iso.date().optional(),
    off: z.boolean().default(false),
  }),
  async run({ key, title, site, media, loginFile, off, ...rest }, { call, out, translator }) {
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const login = loginFile === undefined ? {} : { login: loginSchema.parse(await readFile(loginFile, 'utf8')) };
    const body = { title: title ?? key, site, media, active: !off, ...Object.fromEntries(given), ...login };
    const provider = await call(contract.putBackupProvider, { params: { key }, body });
    out.result(provider, () => renderProviders([provider], translator));
    return 0;
  },
});

const loginSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(contract.providerLoginSchema);

const checkCommand = define({
  words: ['backups', 'provider', 'check'],
  arguments: [keyArgument],
  remote: true,
  input: keyInput,
  async run({ key }, { call, out, translator }) {
    const provider = await call(contract.checkBackupProvider, { params: { key } });
    out.result(provider, () => renderProviders([provider], translator));
    return provider.check?.passed === true ? 0 : 1;
  },
});

const removeCommand = define({
  words: ['backups', 'provider', 'remove'],
  arguments: [keyArgument],
  remote: true,
  input: keyInput,
  async run({ key }, { call, out, translator }) {
    const removed = await call(contract.removeBackupProvider, { params: { key } });
    out.result(removed, () => translator.text('cli.backups.provider.remove.done', { provider: key }));
    return 0;
  },
});

export const providerCommands: ReadonlyArray<Command<Backups>> = [listCommand, setCommand, checkCommand, removeCommand];

function renderProviders(items: readonly contract.ProviderView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.backups.provider.empty');
  const rows = items.map(({ key, address, site, copies, check, ...ends }) => [
    key,
    address ?? '–',
    site,
    String(copies),
    check?.usedPercent === null || check?.usedPercent === undefined ? '–' : `${check.usedPercent} %`,
    endText(ends.loginEndsOn, ends.loginEnding),
    endText(ends.certificateEndsAt?.slice(0, 10) ?? null, ends.certificateEnding),
    checkText(check, translator),
  ]);
  const heads = ['provider', 'address', 'site', 'copies', 'used', 'login-ends', 'certificate-ends', 'check'];
  return table([heads.map((head) => translator.text(`backups.column-${head}`)), ...rows]);
}

function endText(day: string | null, isEnding: boolean): string {
  return day === null ? '–' : `${isEnding ? '⚠ ' : ''}${day}`;
}

function checkText(check: contract.ProviderView['check'], translator: Translator): string {
  if (check === null) return translator.text('cli.backups.provider.unchecked');
  if (check.error !== null) return `✖ ${check.error.text}`;
  return `✔ ${translator.time(check.at)}`;
}
