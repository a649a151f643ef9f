/** Which versions of a model are newer than those the library has. */
import { chooseFile, isGated, type Model, type ModelVersion } from '#engines/civitai';

import type { NewerVersion, UpstreamState } from '../../contract/index.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import { plainText } from '../downloads/sidecars.ts';

/** Enough to see what changed; the page has the rest. */
const ABOUT_LENGTH = 400;

/** Versions that are not installed and came after the newest installed one, latest first. */
export function newerVersions(model: Model, installed: readonly LibraryFile[], now: number): readonly NewerVersion[] {
  const owned = new Set(installed.flatMap(({ versionId }) => versionId ?? []));
  const bases = new Set(installed.flatMap(({ baseModel }) => baseModel ?? []));
  const isNewer = laterThan(model, owned);
  return model.versions
    .filter((version) => !owned.has(version.versionId) && version.files.length > 0 && isNewer(version))
    .sort((a, b) => publishedMs(b) - publishedMs(a) || b.versionId - a.versionId)
    .map((version) => ({
      versionId: version.versionId,
      name: version.name,
      baseModel: version.baseModel,
      sameBase: version.baseModel !== null && bases.has(version.baseModel),
      publishedAt: version.publishedAt,
      sizeBytes: chooseFile(version).file?.sizeBytes ?? null,
      gated: isGated(version, now),
      about: plainText(version.descriptionHtml ?? '').slice(0, ABOUT_LENGTH),
    }));
}

export function upstreamStateOf(model: Model, newer: readonly NewerVersion[]): UpstreamState {
  if (model.mode === 'Archived') return 'archived';
  if (model.mode === 'TakenDown') return 'taken-down';
  return newer.length > 0 ? 'newer' : 'current';
}

/** By date where the site still lists an installed version; else by id, which grows with time on the site. */
function laterThan(model: Model, owned: ReadonlySet<number>): (version: ModelVersion) => boolean {
  const dates = model.versions.filter(({ versionId }) => owned.has(versionId)).map(publishedMs);
  if (dates.some((date) => date > 0)) {
    const newest = Math.max(...dates);
    return (version) => publishedMs(version) > newest;
  }
  const newestId = Math.max(0, ...owned);
  return ({ versionId }) => versionId > newestId;
}

/** 0 when nobody says. */
function publishedMs({ publishedAt, createdAt }: ModelVersion): number {
  return Date.parse(publishedAt ?? createdAt ?? '1970-01-01');
}
