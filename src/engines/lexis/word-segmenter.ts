let segmenter: Intl.Segmenter | undefined;

/** Cuts Japanese into words by the dictionary of ICU, which takes some milliseconds to load: when it is first needed. */
export function wordSegmenter(): Intl.Segmenter {
  return (segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' }));
}
