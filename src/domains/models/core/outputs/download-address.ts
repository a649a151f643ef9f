import type { FoundModel } from '../../contract/index.ts';

export function chosenFile({ files }: FoundModel): FoundModel['files'][number] | undefined {
  return files.find(({ chosen }) => chosen) ?? files[0];
}

/** Of exactly the chosen file, on the host that has the model's page; whoever fetches brings their own token. */
export function downloadAddress(item: FoundModel): string | null {
  const file = chosenFile(item);
  const page = item.pageUrl.indexOf('/models/');
  if (file === undefined || page === -1) return null;
  return `${item.pageUrl.slice(0, page)}/api/download/models/${item.versionId}?fileId=${file.fileId}`;
}
