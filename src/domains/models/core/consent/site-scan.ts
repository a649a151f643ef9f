/** What the site's own scans say of a file, and what that leads to before anything is fetched (models.md M-162, M-163). */
import type { ModelFile, ScanOutcome } from '#engines/civitai';
import { KuraError, type MessageParams } from '#kernel/errors';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ScanVerdict, SiteScanOutcome, SiteScanView } from '../../contract/index.ts';
import type { StoredFinding } from '../../store/scan-store.ts';
import type { PlannedFile } from '../downloads/plan-file.ts';
import { plainText } from '../downloads/sidecars.ts';

type ScannedFile = Pick<ModelFile, 'name' | 'format' | 'pickleScan' | 'virusScan' | 'scannedAt'>;

/**
 * A virus blocks. What nobody has looked at, or in words nobody here knows, asks. A suspicious pickle does not ask here:
 * our own scan reads the same opcodes more strictly and has the last word (`withSiteFinding`).
 */
export function siteScanOf(file: ScannedFile): SiteScanView {
  const virus = { outcome: outcomeOf(file.virusScan, 'infected'), ...wordsOf(file.virusScan) };
  const pickle = { outcome: outcomeOf(file.pickleScan, 'suspicious'), ...wordsOf(file.pickleScan) };
  return { virus, pickle, scannedAt: file.scannedAt, action: actionOn(virus.outcome, pickle.outcome, file) };
}

const asking: ReadonlySet<SiteScanOutcome> = new Set(['suspicious', 'pending', 'failed', 'unknown']);

function actionOn(virus: SiteScanOutcome, pickle: SiteScanOutcome, file: ScannedFile): SiteScanView['action'] {
  if (virus === 'infected') return 'block';
  // The site's pickle scan fails on texts and archives as a rule (civitai-api.md §3.3), which says nothing of them.
  const isPickleOpen = pickle === 'pending' || pickle === 'unknown' || (pickle === 'failed' && mayHoldPickle(file));
  return asking.has(virus) || isPickleOpen ? 'ask' : 'pass';
}

function outcomeOf({ result }: ScanOutcome, danger: 'infected' | 'suspicious'): SiteScanOutcome {
  switch (result?.toLowerCase()) {
    case undefined:
    case '':
      return 'not_scanned';
    case 'success':
      return 'clean';
    case 'danger':
      return danger;
    case 'pending':
      return 'pending';
    case 'error':
      return 'failed';
    default:
      return 'unknown';
  }
}

function wordsOf({ result, message }: ScanOutcome) {
  return { said: result, message: message === null ? null : plainText(message) };
}

function mayHoldPickle({ name, format }: ScannedFile): boolean {
  return format === 'PickleTensor' || /\.(?:ckpt|pt|pth|bin|pkl|pickle|zip)$/i.test(name);
}

/** What a scan of the site would have asked, had somebody not said yes before. */
interface AskedFile extends Pick<PlannedFile, 'action' | 'known'> {
  readonly file: ScannedFile;
}

/**
 * Only for what is to be fetched and was not in the library before.
 * @throws KuraError refused `models.site-scan-infected`; `models.site-scan-asks` unless the risk is taken.
 */
export function requireSiteScan(planned: AskedFile, acceptRisk: boolean): void {
  if (planned.action !== 'get' || planned.known !== undefined) return;
  const scan = siteScanOf(planned.file);
  if (scan.action === 'pass' || (scan.action === 'ask' && acceptRisk)) return;
  const code = scan.action === 'block' ? 'models.site-scan-infected' : 'models.site-scan-asks';
  throw new KuraError('refused', code, { params: paramsOf(planned.file, scan) });
}

function paramsOf({ name }: ScannedFile, { virus, pickle }: SiteScanView): MessageParams {
  return { name, said: virus.said ?? '', virus: virus.said ?? '–', pickle: pickle.said ?? '–' };
}

/** Keeps who took which risk against the site's word, and when. */
export async function recordAcceptedRisks(
  deps: { readonly unitOfWork: UnitOfWork },
  files: readonly PlannedFile[],
  actor: Actor,
): Promise<void> {
  const asked = files.filter((planned) => planned.action === 'get' && siteScanOf(planned.file).action === 'ask');
  if (asked.length === 0) return;
  await deps.unitOfWork.write(actor, async (tx) => {
    for (const { file, version } of asked) {
      const { virus, pickle, scannedAt } = siteScanOf(file);
      await tx.audit({
        action: 'models.accept-site-scan',
        subject: { kind: 'model-file', id: String(file.fileId), name: file.name },
        category: 'security-scan',
        level: 'warning',
        result: 'done',
        after: { versionId: version.versionId, virus: virus.said, pickle: pickle.said, scannedAt },
      });
    }
  });
}

/** A virus that the site knows is one; where our scan found nothing in a pickle and the site's did, nobody can be sure. */
export function withSiteFinding<
  Judged extends { readonly verdict: ScanVerdict; readonly findings: readonly StoredFinding[] },
>(judged: Judged, file: ScannedFile): Judged {
  const { virus, pickle } = siteScanOf(file);
  if (virus.outcome === 'infected') {
    const infected = siteFinding('civitai-virus-scan', 'dangerous', 'models.site-virus-danger', virus.said);
    return { ...judged, verdict: 'dangerous', findings: [infected, ...judged.findings] };
  }
  if (pickle.outcome !== 'suspicious' || judged.verdict !== 'clean') return judged;
  const finding = siteFinding('civitai-pickle-scan', 'suspicious', 'models.site-pickle-danger', pickle.said);
  return { ...judged, verdict: 'suspicious', findings: [finding, ...judged.findings] };
}

function siteFinding(
  rule: string,
  severity: StoredFinding['severity'],
  key: string,
  said: string | null,
): StoredFinding {
  return { rule, severity, key, params: { said: said ?? '' }, location: {} };
}
