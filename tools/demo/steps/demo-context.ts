/** What every step of the demo works with. */
import type { KuraProcess } from '../kura-process.ts';
import type { Stage } from '../stage.ts';

export interface DemoContext {
  readonly kura: KuraProcess;
  readonly stage: Stage;
  readonly home: string;
  /** Folder of the Markdown notes that are imported. */
  readonly notes: string;
}
