/** `kura backups policy list|set|remove`: what the rule asks of each class of data. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<Backups>();
const keyArgument = { name: 'key', required: true } as const;

const listCommand = define({
  words: ['backups', 'policy', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listBackupPolicies);
    out.result({ items }, () => renderPolicies(items, translator));
    return 0;
  },
});

const digits = [
  'minCopies',
  'minMediaFamilies',
  'minOffsite',
  'minOffline',
  'advisedOffsite',
  'advisedOffline',
] as const;
const count = z.coerce.number().int().optional();
const amountOrNone = z.union([z.literal('none').transform(() => null), z.coerce.number()]).optional();
const daysOrNone = z.union([z.literal('none').transform(() => null), z.coerce.number().int()]).optional();

/** `usb=flash,tape=tape`, or `none` for those of the product. */
const familiesSchema = z.string().transform((text, context) => {
  if (text === 'none') return {};
  const pairs = text.split(',').map((pair) => pair.split('=', 2).map((part) => part.trim()));
  const families = contract.policyRulesSchema.shape.mediaFamilies.safeParse(Object.fromEntries(pairs));
  if (families.success) return families.data;
  context.addIssue({ code: 'custom', message: contract.mediaKinds.join(', ') });
  return z.NEVER;
});

const setCommand = define({
  words: ['backups', 'policy', 'set'],
  arguments: [keyArgument],
  options: [
    { flags: '--title <text>' },
    { flags: '--class <class>' },
    { flags: '--copies <n>' },
    { flags: '--media <n>' },
    { flags: '--offsite <n>' },
    { flags: '--offline <n>' },
    { flags: '--advised-offsite <n>' },
    { flags: '--advised-offline <n>' },
    { flags: '--families <kinds>' },
    { flags: '--encryption <demand>' },
    { flags: '--production <whether>' },
    { flags: '--warnings <whether>' },
    { flags: '--immutable <whether>' },
    { flags: '--freshness <factor>' },
    { flags: '--grace-days <days>' },
    { flags: '--verify-every <days>' },
    { flags: '--retention-days <days>' },
    { flags: '--kept-percent <n>' },
    { flags: '--max-age-hours <n>' },
    { flags: '--max-run-minutes <n>' },
  ],
  remote: true,
  input: z.strictObject({
    key: contract.policyKeySchema,
    title: z.string().optional(),
    class: z.union([z.literal('none').transform(() => null), contract.dataClassSchema]).optional(),
    copies: count,
    media: count,
    offsite: count,
    offline: count,
    advisedOffsite: count,
    advisedOffline: count,
    families: familiesSchema.optional(),
    encryption: z.enum(contract.encryptionDemands).optional(),
    production: z.stringbool().optional(),
    warnings: z.stringbool().optional(),
    immutable: z.stringbool().optional(),
    freshness: z.coerce.number().optional(),
    graceDays: z.coerce.number().optional(),
    verifyEvery: daysOrNone,
    retentionDays: daysOrNone,
    keptPercent: amountOrNone,
    maxAgeHours: amountOrNone,
    maxRunMinutes: amountOrNone,
  }),
  async run({ key, title, ...input }, { call, out, translator }) {
    const { items } = await call(contract.listBackupPolicies);
    const before = items.find((one) => one.key === key);
    const given = Object.entries({
      minCopies: input.copies,
      minMediaFamilies: input.media,
      minOffsite: input.offsite,
      minOffline: input.offline,
      advisedOffsite: input.advisedOffsite,
      advisedOffline: input.advisedOffline,
      mediaFamilies: input.families,
      encryption: input.encryption,
      productionCounts: input.production,
      warningQualifies: input.warnings,
      immutableCountsAsOffline: input.immutable,
      freshnessFactor: input.freshness,
      rotationGraceDays: input.graceDays,
      verifyEveryDays: input.verifyEvery,
      retentionDays: input.retentionDays,
      keptPercent: input.keptPercent,
      maxAgeHours: input.maxAgeHours,
      maxRunMinutes: input.maxRunMinutes,
    }).filter(([, value]) => value !== undefined);
    const body = {
      title: title ?? before?.title ?? key,
      dataClass: input.class === undefined ? (before?.dataClass ?? null) : input.class,
      rules: { ...before?.rules, ...Object.fromEntries(given) },
    };
    const policy = await call(contract.putBackupPolicy, { params: { key }, body });
    out.result(policy, () => renderPolicies([policy], translator));
    return 0;
  },
});

const removeCommand = define({
  words: ['backups', 'policy', 'remove'],
  arguments: [keyArgument],
  remote: true,
  input: z.strictObject({ key: contract.policyKeySchema }),
  async run({ key }, { call, out, translator }) {
    const removed = await call(contract.removeBackupPolicy, { params: { key } });
    out.result(removed, () => translator.text('cli.backups.policy.remove.done', { policy: key }));
    return 0;
  },
});

export const policyCommands: ReadonlyArray<Command<Backups>> = [listCommand, setCommand, removeCommand];

function renderPolicies(items: readonly contract.PolicyView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.backups.policy.empty');
  const rows = items.map(({ key, dataClass, rules }) => [
    key,
    dataClass === null ? '–' : translator.text(`backups.class-${dataClass}`),
    digits
      .map((name) => rules[name])
      .slice(0, 4)
      .join('-'),
    translator.text(`backups.encryption-${rules.encryption}`),
    rules.verifyEveryDays === null ? '–' : translator.text('backups.days', { days: rules.verifyEveryDays }),
    rules.retentionDays === null ? '–' : translator.text('backups.days', { days: rules.retentionDays }),
  ]);
  const heads = ['policy', 'class', 'digits', 'encryption', 'verify', 'retention'];
  return table([heads.map((head) => translator.text(`backups.column-${head}`)), ...rows]);
}
