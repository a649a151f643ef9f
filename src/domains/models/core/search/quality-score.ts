/** How good a model looks by its counters, 0–100, with the reasons (models.md M-032). Pure: the same numbers, the same score. */
import { DAY } from '#kernel/units';

import type { Quality } from '../../contract/index.ts';

/** Shares of the score in points. What is left of 100 nobody can reach. */
export interface QualityWeights {
  readonly likes: number;
  readonly downloads: number;
  /** Likes per download: how many of those who took it came back to praise it. */
  readonly engagement: number;
  readonly comments: number;
  /** For a model that is safe for everybody. */
  readonly safe: number;
}

export const defaultQualityWeights: QualityWeights = {
  likes: 40,
  downloads: 30,
  engagement: 20,
  comments: 8,
  safe: 2,
};

/** Null = hidden by the creator or unknown, which earns nothing. */
export interface QualityFacts {
  readonly likes: number | null;
  readonly downloads: number | null;
  readonly comments: number | null;
  readonly isSafe: boolean;
  /** Milliseconds since the epoch. */
  readonly publishedMs: number | null;
}

export interface QualityOptions {
  readonly weights: QualityWeights;
  /** Counters per year of age instead of in all, so that old models have no head start; `now` in ms since the epoch. */
  readonly perYearAt?: number;
}

/** Counters at which a part is full; below, each tenfold counts the same, because a few models have nearly everything. */
const fullLikes = 100_000;
const fullDownloads = 1_000_000;
const fullComments = 2000;
const fullLikesPerDownload = 0.2;
/** Counters of the first weeks say little about a year. */
const YOUNGEST_YEARS = 30 / 365;

export function scoreQuality(
  facts: QualityFacts,
  options: QualityOptions = { weights: defaultQualityWeights },
): Quality {
  const { weights } = options;
  const years = ageInYears(facts, options.perYearAt);
  const downloads = facts.downloads ?? 0;
  const engagement = downloads === 0 ? 0 : (facts.likes ?? 0) / downloads / fullLikesPerDownload;
  const parts = [
    part('likes', weights.likes, logarithmic((facts.likes ?? 0) / years, fullLikes)),
    part('downloads', weights.downloads, logarithmic(downloads / years, fullDownloads)),
    part('engagement', weights.engagement, engagement),
    part('comments', weights.comments, logarithmic((facts.comments ?? 0) / years, fullComments)),
    part('safe', weights.safe, facts.isSafe ? 1 : 0),
  ];
  return { score: round(parts.reduce((sum, { value }) => sum + value, 0)), parts };
}

function part(name: string, weight: number, share: number) {
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
