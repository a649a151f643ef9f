/** What searches read of one model, derived from its rows. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

import { plainWord } from '../../contract/index.ts';
import { plainText } from '../../core/downloads/sidecars.ts';
import { formatStem } from '../../core/query-language/evaluate.ts';
import { foldText } from '../../core/query-language/fold-text.ts';
import { rateVersion } from '../../core/search/content-rating.ts';
import { type QualityFacts, type QualityOptions, scoreQuality } from '../../core/search/quality-score.ts';
import type { CatalogueIndex, CatalogueTables, CatalogueVersionIndex } from '../catalogue-tables.ts';
import { readJson } from '../json-column.ts';
import type { IndexSource, SourceVersion } from './index-source.ts';
import { factTerm, foldedKeys, plainKeys, popularFrom, popularTerm, standingTerms, termsOf } from './index-terms.ts';
import { positionOf } from './popularity.ts';

/** Descriptions of some models are books; nobody searches for their last pages. */
const ABOUT_LENGTH = 4000;

const words = z.array(z.string());

/** The columns of the text index, most telling first. */
export interface IndexDocument {
  readonly name: string;
  readonly labels: string;
  readonly words: string;
  readonly about: string;
  readonly facts: string;
}

export interface DerivedIndex {
  readonly row: CatalogueIndex;
  readonly versions: readonly CatalogueVersionIndex[];
  readonly document: IndexDocument;
}

export function deriveIndex(source: IndexSource, quality: QualityOptions): DerivedIndex {
  const { model } = source;
  const facts = factsOf(model);
  const versions = source.versions.map((version) => versionRow(version, facts));
  const texts = {
    name_terms: termsOf([model.name]),
    creator_terms: termsOf(facts.creator),
    tag_terms: termsOf(facts.tags),
    about_terms: termsOf([aboutOf(model.description)]),
  };
  const texted = {
    name: [texts.name_terms, ...versions.map((version) => version.name_terms)].join(''),
    labels: texts.creator_terms + texts.tag_terms,
    words: versions.map((version) => version.words_terms).join(''),
    about: [texts.about_terms, ...versions.map((version) => version.about_terms)].join(''),
  };
  const document: IndexDocument = {
    ...texted,
    facts: [
      ...factTermsOf(facts, source.versions, versions),
      ...popularFrom.filter((from) => (model.downloads ?? 0) >= from).map(popularTerm),
      ...standingTerms('name', texted.name),
      ...standingTerms('label', `${texted.labels} ${texted.words}`),
    ].join(' '),
  };
  const downloads = model.downloads ?? -1;
  const position = positionOf(downloads, model.model_id);
  const row = {
    position,
    model_id: model.model_id,
    ...countersOf(source, versions),
    quality: scoreQuality(qualityFactsOf(model, facts, versions), quality).score,
    seen_at: model.seen_at,
    type_key: plainWord(model.type),
    state_key: facts.state,
    rights: plainKeys(facts.rights),
    creator_key: foldedKeys(facts.creator),
    name_key: foldText(model.name),
    tag_keys: foldedKeys(facts.tags),
    category_keys: plainKeys(facts.tags),
    ...texts,
  };
  const print = createHash('sha256')
    .update(JSON.stringify([position, document, versions]))
    .digest('base64url');
  return { row: { ...row, print }, versions, document };
}

interface ModelFacts {
  readonly name: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly creator: readonly string[];
  readonly rights: readonly string[];
  readonly state: string;
  readonly nsfw: boolean | null;
  readonly nsfwLevel: number | null;
  readonly poi: boolean | null;
  readonly minor: boolean | null;
}

function factsOf(model: CatalogueTables['catalogue_models']): ModelFacts {
  return {
    name: model.name,
    type: model.type,
    tags: readJson(words, model.tags),
    creator: model.creator === null || model.creator === '' ? [] : [model.creator],
    rights: [
      ...(model.allow_commercial === null ? [] : readJson(words, model.allow_commercial)),
      ...(model.allow_no_credit === 1 ? ['no-credit'] : []),
      ...(model.allow_derivatives === 1 ? ['derivatives'] : []),
      ...(model.allow_different_license === 1 ? ['different-license'] : []),
    ],
    state: plainWord(model.removed_at === null ? (model.mode ?? 'available') : 'removed'),
    nsfw: flag(model.nsfw),
    nsfwLevel: model.nsfw_level,
    poi: flag(model.poi),
    minor: flag(model.minor),
  };
}

function versionRow({ row, files }: SourceVersion, facts: ModelFacts): CatalogueVersionIndex {
  const trainedWords = readJson(words, row.trained_words);
  const formats = files.flatMap(({ format }) => (format === null || format === '' ? [] : [formatStem(format)]));
  return {
    model_id: row.model_id,
    place: row.place,
    version_id: row.version_id,
    base_key: row.base_model === null ? '' : plainWord(row.base_model),
    rating: rateVersion(facts, { name: row.name, trainedWords, nsfwLevel: row.nsfw_level }),
    gate_opens_at: row.gate_opens_at,
    closed: Number(row.usage_control !== null && row.usage_control !== 'Download'),
    published_at: row.published_at ?? row.created_at,
    formats: plainKeys(formats),
    name_key: foldText(row.name),
    // An entry may be a whole comma list.
    word_keys: foldedKeys(trainedWords.flatMap((entry) => [entry, ...entry.split(',')])),
    name_terms: termsOf([row.name]),
    words_terms: termsOf(trainedWords),
    about_terms: termsOf(row.description === null ? [] : [aboutOf(row.description)]),
  };
}

function factTermsOf(
  facts: ModelFacts,
  versions: readonly SourceVersion[],
  rows: readonly CatalogueVersionIndex[],
): readonly string[] {
  return [
    ...new Set([
      factTerm('type', facts.type),
      factTerm('state', facts.state),
      ...facts.creator.map((creator) => factTerm('creator', creator)),
      ...facts.rights.map((right) => factTerm('right', right)),
      ...facts.tags.map((tag) => factTerm('tag', tag)),
      ...versions.flatMap(({ row }) => (row.base_model === null ? [] : [factTerm('base', row.base_model)])),
      ...rows.map(({ rating }) => factTerm('rating', rating)),
      ...versions.flatMap(({ files }) =>
        files.flatMap(({ format }) => (format === null ? [] : [factTerm('format', formatStem(format))])),
      ),
    ]),
  ];
}

/** -1 and '' = not known, below everything that is. */
function countersOf({ model, versions: sources }: IndexSource, versions: readonly CatalogueVersionIndex[]) {
  const { thumbs_up: up, thumbs_down: down, comments } = model;
  const published = versions.flatMap(({ published_at: at }) => at ?? []).sort();
  const updated = [...published, ...sources.flatMap(({ row }) => row.updated_at ?? [])].sort();
  return {
    downloads: model.downloads ?? -1,
    likes: up ?? -1,
    comments: comments ?? -1,
    buzz: model.tips ?? -1,
    interactions: up === null || down === null || comments === null ? -1 : up + down + comments,
    like_ratio: up === null || down === null || up + down === 0 ? -1 : up / (up + down),
    size: sizeOf(sources[0]),
    published_at: published.at(-1) ?? '',
    updated_at: updated.at(-1) ?? '',
  };
}

function qualityFactsOf(
  { thumbs_up: likes, downloads, comments }: CatalogueTables['catalogue_models'],
  { tags }: ModelFacts,
  versions: readonly CatalogueVersionIndex[],
): QualityFacts {
  const [first] = versions.flatMap(({ published_at: at }) => at ?? []).sort();
  return {
    likes,
    downloads,
    comments,
    tags,
    isSafe: versions.some(({ rating }) => rating === 'safe'),
    publishedMs: first === undefined ? null : Date.parse(first),
  };
}

/** Of the file the first version is fetched by. */
function sizeOf(version: SourceVersion | undefined): number {
  const file = version?.files.find(({ is_primary: isPrimary }) => isPrimary === 1) ?? version?.files[0];
  return file?.size_bytes ?? -1;
}

function aboutOf(html: string | null): string {
  return plainText(html ?? '').slice(0, ABOUT_LENGTH);
}

function flag(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}
