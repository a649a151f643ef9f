/** Tags of all entries: how often they occur, and giving them other names. */
import type { ListedTag, TagMeaning } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  countAllTags,
  deleteTagAlias,
  deleteTagMeaning,
  moveTagMeaning,
  positionsTagged,
  putTagAlias,
  putTagMeaning,
  readTagAliases,
  readTagMeanings,
} from '../../store/tag-store.ts';
import type { EntriesDeps, Writer } from '../entries/entry-changes.ts';
import { contentOf } from '../entries/entry-content.ts';
import { entriesImported } from '../entries/entry-events.ts';
import { factValue } from '../entries/entry-facts.ts';
import { termsOf } from '../entries/entry-terms.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import { readTagNames, tagName } from './tag-names.ts';

export interface Tags {
  /** The most frequent first, then those that have a meaning and are on no entry the reader may see. */
  tags(reader: Reader, limit: number): Promise<readonly ListedTag[]>;
  /** In every entry, each with a version of its own; the old name becomes an alias. */
  renameTag(writer: Writer, from: string, to: string): Promise<{ readonly tag: string; readonly entries: number }>;
  forgetAlias(writer: Writer, alias: string): Promise<void>;
  /** Of an alias: what its tag means. */
  describeTag(writer: Writer, tag: string, meaning: TagMeaning): Promise<TagMeaning & { readonly tag: string }>;
  forgetMeaning(writer: Writer, tag: string): Promise<void>;
}

const entriesPerWrite = 200;
const withoutMeaning: TagMeaning = { type: null, description: null, colour: null };

export function createTags({ database, unitOfWork, writer }: EntriesDeps): Tags {
  return {
    async tags(reader, limit) {
      const reads = database.tables<KnowledgeTables>();
      const counts = await countAllTags(reads, scopeOf(reader), limit);
      const aliases = Map.groupBy(await readTagAliases(reads), ({ tag }) => tag);
      const meanings = new Map((await readTagMeanings(reads)).map(({ tag, ...meaning }) => [tag, meaning]));
      const used = new Set(counts.map(({ value }) => value));
      const unused = [...meanings.keys()].filter((tag) => !used.has(tag)).map((value) => ({ value, count: 0 }));
      return [...counts, ...unused].slice(0, limit).map(({ value, count }) => ({
        tag: value,
        entries: count,
        aliases: (aliases.get(value) ?? []).map(({ alias }) => alias),
        ...(meanings.get(value) ?? withoutMeaning),
      }));
    },

    async renameTag(actor, from, to) {
      await unitOfWork.write(actor, async (tx) => {
        // First, so that whoever writes meanwhile already writes the new name.
        await putTagAlias(tx.tables<KnowledgeTables>(), { folded: factValue(from), alias: from, tag: to });
        await moveTagMeaning(tx.tables<KnowledgeTables>(), from, to);
        await tx.audit({ action: 'knowledge.rename-tag', subject: subjectOf(from), result: 'done', after: { to } });
      });
      let entries = 0;
      for (let after = 0; ; ) {
        const changed = await renameSome(actor, { from, to, after });
        entries += changed.entries;
        if (changed.last === undefined) return { tag: to, entries };
        after = changed.last;
      }
    },

    forgetAlias: (actor, alias) =>
      unitOfWork.write(actor, async (tx) => {
        await deleteTagAlias(tx.tables<KnowledgeTables>(), factValue(alias));
        await tx.audit({ action: 'knowledge.forget-tag-alias', subject: subjectOf(alias), result: 'done' });
      }),

    ...createTagMeanings(unitOfWork),
  };

  /** In steps, so that others can write in between. */
  function renameSome(actor: Writer, { from, to, after }: { from: string; to: string; after: number }) {
    return unitOfWork.write(actor, async (tx) => {
      const tables = tx.tables<KnowledgeTables>();
      const positions = await positionsTagged(tables, from, { after, limit: entriesPerWrite });
      const entries = await findEntries(tables, 'position', positions);
      const note = `${from} → ${to}`;
      const replaced = entries.flatMap((before) => {
        const tags = [...new Set(before.tags.map((tag) => (tag === from ? to : tag)))].toSorted();
        const content = { ...contentOf(before), tags };
        return tags.join('\n') === before.tags.join('\n') ? [] : [{ before, content, terms: termsOf(content), note }];
      });
      await writer.replace(tx, replaced);
      if (replaced.length > 0) tx.publish(entriesImported, { imported: 0, updated: replaced.length });
      return { entries: replaced.length, last: positions.length < entriesPerWrite ? undefined : positions.at(-1) };
    });
  }
}

function createTagMeanings(unitOfWork: EntriesDeps['unitOfWork']): Pick<Tags, 'describeTag' | 'forgetMeaning'> {
  return {
    describeTag: (actor, written, meaning) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const described = { tag: tagName(await readTagNames(tables), written), ...meaning };
        await putTagMeaning(tables, described);
        const subject = subjectOf(described.tag);
        await tx.audit({ action: 'knowledge.describe-tag', subject, result: 'done', after: { ...meaning } });
        return described;
      }),

    forgetMeaning: (actor, tag) =>
      unitOfWork.write(actor, async (tx) => {
        await deleteTagMeaning(tx.tables<KnowledgeTables>(), tag);
        await tx.audit({ action: 'knowledge.forget-tag-meaning', subject: subjectOf(tag), result: 'done' });
      }),
  };
}

function subjectOf(tag: string) {
  return { kind: 'knowledge-tag', id: tag };
}
