/** The only SQL of rules, groups and preferences. */
import { z } from 'zod';

import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import {
  type GroupView,
  type NamedRule,
  type Preferences,
  preferencesSchema,
  type RoutingRule,
  routingRuleSchema,
} from '../contract/index.ts';
import type { NotifyTables } from '../notify-tables.ts';
import type { Reader } from '../reader.ts';

const membersSchema = z.array(z.string());

export async function listRules(reader: Reader): Promise<readonly NamedRule[]> {
  const rows = await reader.tables<NotifyTables>().selectFrom('notify_rules').selectAll().orderBy('name').execute();
  return rows.map(({ name, rule }) => ({ name, ...routingRuleSchema.parse(JSON.parse(rule)) }));
}

export interface RuleToSave {
  readonly name: string;
  readonly rule: RoutingRule;
  readonly at: Instant;
}

export async function saveRule(tx: Transaction, { name, rule, at }: RuleToSave): Promise<void> {
  const json = JSON.stringify(rule);
  await tx
    .tables<NotifyTables>()
    .insertInto('notify_rules')
    .values({ name, rule: json, created_at: at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ rule: json }))
    .execute();
}

/** False when there was none. */
export async function deleteRule(tx: Transaction, name: string): Promise<boolean> {
  const gone = await tx.tables<NotifyTables>().deleteFrom('notify_rules').where('name', '=', name).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

export async function listGroups(reader: Reader): Promise<readonly GroupView[]> {
  const rows = await reader.tables<NotifyTables>().selectFrom('notify_groups').selectAll().orderBy('name').execute();
  return rows.map(({ name, members }) => ({ name, members: membersSchema.parse(JSON.parse(members)) }));
}

export async function saveGroup(tx: Transaction, { name, members }: GroupView): Promise<void> {
  const json = JSON.stringify(members);
  await tx
    .tables<NotifyTables>()
    .insertInto('notify_groups')
    .values({ name, members: json })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ members: json }))
    .execute();
}

/** False when there was none. */
export async function deleteGroup(tx: Transaction, name: string): Promise<boolean> {
  const gone = await tx.tables<NotifyTables>().deleteFrom('notify_groups').where('name', '=', name).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** By account; whoever chose nothing has the defaults. */
export async function preferencesOf(
  reader: Reader,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, Preferences>> {
  const all = reader.tables<NotifyTables>().selectFrom('notify_preferences').selectAll();
  const rows = accounts.length === 0 ? [] : await all.where('account_id', 'in', [...accounts]).execute();
  const chosen = new Map(rows.map((row) => [row.account_id, preferencesSchema.parse(JSON.parse(row.preferences))]));
  return new Map(accounts.map((id) => [id, chosen.get(id) ?? preferencesSchema.parse({})]));
}

export async function savePreferences(tx: Transaction, account: string, preferences: Preferences): Promise<void> {
  const json = JSON.stringify(preferences);
  await tx
    .tables<NotifyTables>()
    .insertInto('notify_preferences')
    .values({ account_id: account, preferences: json })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ preferences: json }))
    .execute();
}
