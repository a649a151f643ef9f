/** The display name the server computes for a file (contract note §4.6); never safe for a file system, by design. */
export interface NamedUpload {
  readonly upload: string;
  readonly override: string | undefined;
  readonly fileType: string;
  readonly modelName: string;
  readonly modelType: string;
  readonly versionName: string;
  readonly trainedWords: readonly string[];
  readonly inpainting: boolean;
}

export function computedFileName(file: NamedUpload): string {
  if (file.override !== undefined) return file.override;
  const slug = camelCase(file.modelName).slice(0, 20);
  if (['LORA', 'LoCon'].includes(file.modelType) || slug === '') return file.upload;
  const extension = /\.[^.]*$/.exec(file.upload)?.[0] ?? '';
  const version = camelCase(file.versionName);
  if (file.fileType === 'Training Data') return `${slug}_${version}_trainingData.zip`;
  if (file.fileType === 'VAE') return file.upload;
  if (file.modelType === 'TextualInversion') {
    const word = file.trainedWords[0] ?? slug;
    return `${word}${file.fileType === 'Negative' ? '-neg' : ''}${extension}`;
  }
  const suffix = file.fileType === 'Text Encoder' ? '_txt' : '';
  return `${slug}_${version}${file.inpainting ? '-inpainting' : suffix}${extension}`;
}

function camelCase(text: string): string {
  const words = text.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  return words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : `${word[0]?.toUpperCase() ?? ''}${word.slice(1).toLowerCase()}`,
    )
    .join('');
}
