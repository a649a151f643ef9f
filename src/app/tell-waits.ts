/** Tells the person at the command line why nothing moves: one line that counts down (models.md M-044). */
import type { OnWait, Wait } from '#engines/civitai';
import { SECOND } from '#kernel/units';
import type { Output } from '#platform/cli';
import type { Translator } from '#platform/i18n';

const texts: Readonly<Record<Wait['cause'], string>> = {
  pace: 'app.waiting-pace',
  asked: 'app.waiting-asked',
  retry: 'app.waiting-retry',
  answer: 'app.waiting-answer',
};

export function tellWaits(out: Output, translator: Translator): OnWait {
  return ({ host, cause, ms, next }) =>
    out.progress(translator.text(texts[cause], { host, seconds: Math.ceil(ms / SECOND), ...next }));
}
