/** What our reader does with a field, and so what its loss costs. Kept beside the readers in ../shapes. */

import { leafOf } from './answer-shape.ts';
import type { ChangeKind, Impact } from './api-change.ts';

/** essential: without it an answer is nothing · important: decisions hang on it · read: shown · unread: kept as sent */
export type FieldWeight = 'essential' | 'important' | 'read' | 'unread';

/** Ends of paths, below the entity: so they hold for `/models`, `/models/:id` and `/model-versions/:id` alike. */
const essential: readonly RegExp[] = [
  /^\$(?:\.items)?(?:\[\])?$/,
  /^\$(?:\.items\[\])?\.id$/,
  /\.modelVersions(?:\[\])?(?:\.id)?$/,
  /\.files(?:\[\])?(?:\.id)?$/,
  /^\$\.metadata(?:\.nextCursor)?$/,
  /^\$\[\]\.(?:id|hash|modelId|modelVersionId)$/,
  /^\$\.vault$/,
];
const important = words(`
  nextPage modelId name type baseModel downloadUrl downloadUrls sizeKB hashes nsfw nsfwLevel poi minor mode
  availability usageControl paidAccess allowCommercialUse pickleScanResult virusScanResult url hash`);
const read = words(`
  allowDerivatives allowDifferentLicense allowNoCredit air baseModelType baseModels browsingLevel commentCount covered
  createdAt creator cryCount description downloadCount earlyAccessDeadline earlyAccessEndsAt earlyAccessTimeFrame endsAt
  fileName fileType format fp heartCount height image images index laughCount likeCount meta model modelCount modelName
  modelVersionIds overrideName permanent pickleScanMessage postId primary publishedAt quantType requireAuth scannedAt
  sfwOnly size stats status supportsGeneration tags thumbnail thumbsDownCount thumbsUpCount tier tippedAmountCount
  trainedWords updatedAt username versionName virusScanMessage width ModelType ModelFileType BaseModel BaseModelType`);

export function weightOf(path: string): FieldWeight {
  if (essential.some((pattern) => pattern.test(path))) return 'essential';
  const leaf = path.endsWith('.*') ? leafOf(path.slice(0, -2)) : leafOf(path);
  if (important.has(leaf)) return 'important';
  return read.has(leaf) ? 'read' : 'unread';
}

/** Words that decide what is shown, offered or believed: a new one is worth a look. */
const decisive = /\.(?:mode|availability|usageControl|pickleScanResult|virusScanResult|allowCommercialUse)(?:\[\])?$/;

export function isDecisive(path: string): boolean {
  return decisive.test(path);
}

type Grades = Readonly<Record<FieldWeight, Impact>>;

const loss: Grades = { essential: 'critical', important: 'high', read: 'medium', unread: 'low' };
const grades: Partial<Record<ChangeKind, Grades>> = {
  'field-missing': loss,
  'field-renamed': loss,
  'field-moved': loss,
  'type-changed': loss,
  'field-optional': { essential: 'high', important: 'medium', read: 'low', unread: 'low' },
  'null-appeared': { essential: 'critical', important: 'medium', read: 'low', unread: 'low' },
  'form-changed': { essential: 'high', important: 'high', read: 'medium', unread: 'low' },
  'range-changed': { essential: 'high', important: 'medium', read: 'low', unread: 'low' },
};

/** `copes` = the reader takes the new form, too. */
export function gradeField(kind: ChangeKind, path: string, copes = false): Impact {
  const grade = grades[kind]?.[weightOf(path)] ?? 'low';
  return copes && grade !== 'low' ? 'medium' : grade;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
