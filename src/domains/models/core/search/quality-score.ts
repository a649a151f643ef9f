/** How good a model looks by its counters, 0–100, with the reasons (models.md M-032). Pure: the same numbers, the same score. */
import { z } from 'zod';

import { DAY } from '#kernel/units';

import type { Quality } from '../../contract/index.ts';
import { foldText } from '../query-language/fold-text.ts';

/** What earns points: shares of the counters, and bonuses. */
export const qualityParts = [
  'likes',
  'downloads',
  /** Likes per download: how many of those who took it came back to praise it. */
  'engagement',
  'comments',
  /** For a model that is safe for everybody. */
  'safe',
  /** For tags that speak of art and style, of general use, of quality. */
  'style',
  'general',
  'quality',
] as const;
export type QualityPart = (typeof qualityParts)[number];

export const qualityWeightsSchema = z.record(z.enum(qualityParts), z.number());
/** Points at most. Those of the counters make 100, bonuses lift what is below. */
export type QualityWeights = Readonly<z.output<typeof qualityWeightsSchema>>;

export const defaultQualityWeights: QualityWeights = {
  likes: 40,
  downloads: 30,
  engagement: 20,
  comments: 10,
  safe: 2,
  style: 1,
  general: 1,
  quality: 1,
};

/** Null = hidden by the creator or unknown, which earns nothing. */
export interface QualityFacts {
  readonly likes: number | null;
  readonly downloads: number | null;
  readonly comments: number | null;
  readonly isSafe: boolean;
  readonly tags: readonly string[];
  /** Of the first version, in milliseconds since the epoch. */
  readonly publishedMs: number | null;
}

export interface QualityOptions {
  readonly weights: QualityWeights;
  /** Counters per year of age instead of in all, so that old models have no head start; `now` in ms since the epoch. */
  readonly perYearAt?: number;
}

export const defaultQuality: QualityOptions = { weights: defaultQualityWeights };

/** Counters at which a part is full; below, each tenfold counts the same, because a few models have nearly everything. */
const fullLikes = 100_000;
const fullDownloads = 1_000_000;
const fullComments = 2000;
const fullLikesPerDownload = 0.2;
/** Tags that earn a bonus, folded. */
const styleTags = ['style', 'styles', 'art', 'art style', 'artstyle', '画風', 'スタイル'];
const generalTags = ['general', 'general purpose', 'general use', 'all-purpose', '汎用'];
const qualityTags = ['quality', 'high quality', 'best quality', 'masterpiece', '高品質'];
/** Counters of the first weeks say little about a year. */
const YOUNGEST_YEARS = 30 / 365;

export function scoreQuality(facts: QualityFacts, options: QualityOptions = defaultQuality): Quality {
  const { weights } = options;
  const years = ageInYears(facts, options.perYearAt);
  const downloads = facts.downloads ?? 0;
  const engagement = downloads === 0 ? 0 : (facts.likes ?? 0) / downloads / fullLikesPerDownload;
  const parts = [
    part('likes', weights.likes, logarithmic((facts.likes ?? 0) / years, fullLikes)),
    part('downloads', weights.downloads, logarithmic(downloads / years, fullDownloads)),
    part('engagement', weights.engagement, engagement),
    part('comments', weights.comments, logarithmic((facts.comments ?? 0) / years, fullComments)),
    part('safe', weights.safe, Number(facts.isSafe)),
    part('style', weights.style, Number(isTagged(facts, styleTags))),
    part('general', weights.general, Number(isTagged(facts, generalTags))),
    part('quality', weights.quality, Number(isTagged(facts, qualityTags))),
  ];
  return { score: Math.min(100, round(parts.reduce((sum, { value }) => sum + value, 0))), parts };
}

function isTagged({ tags }: QualityFacts, words: readonly string[]): boolean {
  return tags.some((tag) => words.includes(foldText(tag)));
}

function part(name: QualityPart, weight: number, share: number) {
  return { name, value: round(weight * Math.min(1, Math.max(0, share))), weight };
}

function logarithmic(count: number, full: number): number {
  return Math.log1p(count) / Math.log1p(full);
}

function ageInYears({ publishedMs }: QualityFacts, now: number | undefined): number {
  if (now === undefined || publishedMs === null) return 1;
  return Math.max(YOUNGEST_YEARS, (now - publishedMs) / (365 * DAY));
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
