/** The columns of a list of models, one set for all (models.md A10, M-193). Lists within a cell are joined by `; `. */

import type { Cell } from '#kernel/csv';
import type { FoundModel } from '../../contract/index.ts';
import { classifyCategories } from '../vocabulary/classify-categories.ts';
import { chosenFile, downloadAddress } from './download-address.ts';

type Read = (item: FoundModel) => Cell;

const columns = {
  ID: ({ modelId }) => modelId,
  Version_ID: ({ versionId }) => versionId,
  Name: ({ name }) => name,
  Version_Name: ({ versionName }) => versionName,
  Type: ({ type }) => type,
  Base_Model: ({ baseModel }) => baseModel,
  Primary_Category: ({ tags }) => classifyCategories(tags).primary,
  All_Categories: ({ tags }) => classifyCategories(tags).all.join('; '),
  Tags: ({ tags }) => tags.join('; '),
  Trained_Words: ({ trainedWords }) => trainedWords.join('; '),
  Downloads: ({ stats }) => stats.downloads,
  Likes: ({ stats }) => stats.thumbsUp,
  Dislikes: ({ stats }) => stats.thumbsDown,
  Comments: ({ stats }) => stats.comments,
  Quality: ({ quality }) => quality.score,
  NSFW: ({ rating }) => (rating === 'safe' ? 0 : 1),
  NSFW_Level: ({ nsfwLevel }) => nsfwLevel,
  Image: (item) => commercial(item, 'Image'),
  Rent: (item) => commercial(item, 'Rent'),
  RentCivit: (item) => commercial(item, 'RentCivit'),
  Sell: (item) => commercial(item, 'Sell'),
  No_Credit: ({ license }) => permission(license.allowNoCredit),
  Derivatives: ({ license }) => permission(license.allowDerivatives),
  Different_License: ({ license }) => permission(license.allowDifferentLicense),
  Creator: ({ creator }) => creator,
  Published_At: ({ publishedAt }) => publishedAt,
  Updated_At: ({ updatedAt }) => updatedAt,
  Early_Access: ({ gated }) => (gated ? 1 : 0),
  File_ID: (item) => chosenFile(item)?.fileId ?? null,
  File_Name: (item) => chosenFile(item)?.name ?? null,
  Format: (item) => chosenFile(item)?.format ?? null,
  Size_Bytes: (item) => chosenFile(item)?.sizeBytes ?? null,
  SHA256: (item) => chosenFile(item)?.hashes.SHA256 ?? null,
  Model_URL: ({ pageUrl }) => pageUrl,
  Download_URL: downloadAddress,
} as const satisfies Readonly<Record<string, Read>>;

export type ListColumn = keyof typeof columns;
export const listColumns: readonly ListColumn[] = Object.keys(columns).filter(isListColumn);

function isListColumn(name: string): name is ListColumn {
  return Object.hasOwn(columns, name);
}

/** Case, `_`, `-` and blanks do not matter. */
export function findColumn(name: string): ListColumn | undefined {
  return listColumns.find((column) => plain(column) === plain(name));
}

export function cellOf(item: FoundModel, column: ListColumn): Cell {
  return columns[column](item);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** 1 granted, 0 not granted, empty = the creator did not say. */
export function permission(granted: boolean | null | undefined): Cell {
  return granted === null || granted === undefined ? null : Number(granted);
}

function commercial({ license }: FoundModel, right: string): Cell {
  return permission(license.allowCommercialUse?.includes(right) ?? null);
}
