/** What assistants may ask of the knowledge base. */
import { z } from 'zod';

import * as knowledge from '#knowledge/contract';

import type { Assistant } from '../assistant.ts';
import { partOf } from '../plain-text.ts';
import { entryUri } from '../resource-uris.ts';
import { defineTool } from '../tool.ts';

/** UTF-16 units of a body in one answer. */
const longestPart = 16_000;

/** Marks what a program wrote: seen on the page, found by `tag:assistant`, kept by exports. */
export const assistantTag = 'assistant';

const idSchema = z.string().min(1).max(300);
const typesSchema = z.array(knowledge.entryTypeSchema).optional();
const limitSchema = z.number().int().min(1).max(20);

/** How an answer says where something stands: an id for further calls, a resource, and a page for people. */
const citation = { id: z.string(), uri: z.string(), url: z.string() };
const summary = {
  ...citation,
  title: z.string(),
  type: knowledge.entryTypeSchema,
  status: knowledge.entryStatusSchema,
  tags: z.array(z.string()).readonly(),
  updatedAt: z.string(),
};

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly type: z.output<typeof knowledge.entryTypeSchema>;
  readonly status: z.output<typeof knowledge.entryStatusSchema>;
  readonly tags: readonly string[];
  readonly updatedAt: string;
}

function cited({ pageUrl }: Assistant, id: string) {
  return { id, uri: entryUri(id), url: pageUrl(`/knowledge/entries/${encodeURIComponent(id)}`) };
}

function summarise(assistant: Assistant, { id, title, type, status, tags, updatedAt }: Listed) {
  return { ...cited(assistant, id), title, type, status, tags, updatedAt };
}

const searchKnowledge = defineTool({
  name: 'search_knowledge',
  permission: 'knowledge:read',
  input: z.strictObject({
    query: z.string().min(1).max(1000),
    type: typesSchema,
    tag: z.array(knowledge.tagSchema).max(20).optional(),
    status: z.array(knowledge.entryStatusSchema).optional(),
    limit: limitSchema.default(8),
    offset: z.number().int().min(0).max(1000).default(0),
  }),
  output: z.object({
    total: z.number().int(),
    hits: z.array(z.object({ ...summary, snippet: z.string() })),
    /** Words that nobody wrote here, and what was searched instead. */
    corrections: z.array(z.object({ from: z.string(), to: z.string() })),
  }),
  run: async ({ query, ...narrowed }, { assistant, signal }) => {
    // A question holds words that no text does; nothing at all would help an assistant less than what comes near.
    const asked = { q: query, match: 'any' as const, ...narrowed };
    const answer = await assistant.call(knowledge.searchKnowledge, { query: asked }, signal);
    return {
      total: answer.total,
      hits: answer.hits.map((hit) => ({ ...summarise(assistant, hit), snippet: hit.snippet })),
      corrections: [...answer.corrections],
    };
  },
});

const askKnowledge = defineTool({
  name: 'ask_knowledge',
  permission: 'knowledge:read',
  input: z.strictObject({
    question: z.string().trim().min(1).max(1000),
    limit: z.number().int().min(1).max(10).default(3),
  }),
  output: z.object({
    /** False: nothing here answers it. */
    found: z.boolean(),
    passages: z.array(
      z.object({
        ...citation,
        title: z.string(),
        heading: z.string().nullable(),
        /** Word for word. */
        text: z.string(),
        /** From 0 to 1: how much of what was asked for stands there. */
        coverage: z.number(),
        updatedAt: z.string(),
      }),
    ),
    near: z.array(z.object({ ...citation, title: z.string() })),
    /** Not null: a person has to see to it, told by these words; whom to turn to, if the house has said. */
    escalation: z.object({ words: z.array(z.string()), contact: z.string().nullable() }).nullable(),
  }),
  run: async ({ question, limit }, { assistant, signal }) => {
    const answer = await assistant.call(knowledge.askKnowledge, { query: { q: question, limit } }, signal);
    return {
      found: answer.found,
      passages: answer.passages.map(({ entry, heading, text, coverage }) => ({
        ...cited(assistant, entry.id),
        title: entry.title,
        heading,
        text,
        coverage,
        updatedAt: entry.updatedAt,
      })),
      near: answer.near.map(({ id, title }) => ({ ...cited(assistant, id), title })),
      escalation: answer.escalation === null ? null : { ...answer.escalation, words: [...answer.escalation.words] },
    };
  },
});

const getEntry = defineTool({
  name: 'get_entry',
  permission: 'knowledge:read',
  input: z.strictObject({ id: idSchema, offset: z.number().int().min(0).default(0) }),
  output: z.object({
    ...summary,
    createdBy: z.string(),
    updatedBy: z.string(),
    version: z.number().int(),
    /** Markdown, from `offset` on. */
    body: z.string(),
    bodyLength: z.number().int(),
    nextOffset: z.number().int().nullable(),
  }),
  run: async ({ id, offset }, { assistant, signal }) => {
    const entry = await assistant.call(knowledge.readEntry, { params: { id } }, signal);
    const { text, length, nextOffset } = partOf(entry.body, offset, longestPart);
    const { createdBy, updatedBy, version } = entry;
    const facts = { createdBy, updatedBy, version };
    return { ...summarise(assistant, entry), ...facts, body: text, bodyLength: length, nextOffset };
  },
});

const listEntries = defineTool({
  name: 'list_entries',
  permission: 'knowledge:read',
  input: z.strictObject({
    type: typesSchema,
    tag: z.array(knowledge.tagSchema).max(20).optional(),
    status: z.array(knowledge.entryStatusSchema).optional(),
    limit: limitSchema.default(10),
    cursor: z.string().max(200).optional(),
  }),
  output: z.object({ items: z.array(z.object(summary)), nextCursor: z.string().optional() }),
  run: async (query, { assistant, signal }) => {
    const { items, nextCursor } = await assistant.call(knowledge.listEntries, { query }, signal);
    const listed = items.map((entry) => summarise(assistant, entry));
    return { items: listed, ...(nextCursor === undefined ? {} : { nextCursor }) };
  },
});

const relatedEntries = defineTool({
  name: 'related_entries',
  permission: 'knowledge:read',
  input: z.strictObject({ id: idSchema, type: typesSchema, limit: limitSchema.default(5) }),
  output: z.object({
    items: z.array(z.object({ ...summary, likeness: z.number(), shared: z.array(z.string()).readonly() })),
  }),
  run: async ({ id, ...query }, { assistant, signal }) => {
    const { items } = await assistant.call(knowledge.relatedEntries, { params: { id }, query }, signal);
    return {
      items: items.map((entry) => ({
        ...summarise(assistant, entry),
        likeness: entry.likeness,
        shared: entry.shared,
      })),
    };
  },
});

const draftEntry = defineTool({
  name: 'draft_entry',
  permission: 'knowledge:write',
  writes: true,
  input: z.strictObject({
    title: knowledge.titleSchema,
    type: knowledge.entryTypeSchema,
    body: knowledge.bodySchema,
    tags: z
      .array(knowledge.tagSchema)
      .max(knowledge.mostTags - 1)
      .default([]),
    lang: knowledge.langSchema.optional(),
  }),
  output: z.object({
    ...summary,
    /** What says nearly the same already, for the person to decide; similarity from 0 to 1. */
    duplicates: z.array(z.object({ ...citation, title: z.string(), similarity: z.number() })),
  }),
  run: async ({ title, type, body, tags, lang }, { assistant, signal, client }) => {
    const { items: alike } = await assistant.call(knowledge.findDuplicates, { body: { title, body } }, signal);
    const marked = { title, type, body, tags: [...tags, assistantTag], ...(lang === undefined ? {} : { lang }) };
    const call = { body: { ...marked, status: 'draft' as const } };
    const entry = await assistant.call(knowledge.createEntry, call, signal);
    await assistant.noteWrite({
      tool: 'draft_entry',
      client,
      subject: { kind: 'knowledge-entry', id: entry.id, name: entry.title },
      after: { status: entry.status, type: entry.type, contentHash: entry.contentHash },
    });
    return {
      ...summarise(assistant, entry),
      duplicates: alike.map(({ id, title: other, similarity }) => ({
        ...cited(assistant, id),
        title: other,
        similarity,
      })),
    };
  },
});

const periodSchema = z.strictObject({
  /** The last so many days, today included, in UTC. */
  days: z.number().int().min(1).max(366).default(30),
});

const getUsage = defineTool({
  name: 'get_knowledge_usage',
  permission: 'knowledge:write',
  input: periodSchema,
  output: knowledge.readUsage.output,
  run: ({ days }, { assistant, signal }) => assistant.call(knowledge.readUsage, { query: { days } }, signal),
});

const getGaps = defineTool({
  name: 'get_knowledge_gaps',
  permission: 'knowledge:write',
  input: periodSchema,
  output: knowledge.readGaps.output,
  run: ({ days }, { assistant, signal }) => assistant.call(knowledge.readGaps, { query: { days } }, signal),
});

export const knowledgeTools = [
  searchKnowledge,
  askKnowledge,
  getEntry,
  listEntries,
  relatedEntries,
  getUsage,
  getGaps,
  draftEntry,
];
