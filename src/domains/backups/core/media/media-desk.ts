/** Everything that can be done with offline media, bound to one context. */
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';

import type {
  Binding,
  Certificate,
  ChangedMedium,
  ChangedSet,
  ConfirmSwap,
  Destroy,
  DueSwap,
  LabelSheet,
  Lend,
  LoanView,
  MediaStats,
  MediumDetail,
  MediumEvent,
  MediumView,
  NewMedium,
  NewPlace,
  NewSet,
  PlaceView,
  PlannedSwap,
  PrintedFile,
  Retire,
  ReturnLoan,
  SetView,
  SwapView,
} from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { MediaFilter } from '../../store/media/medium-store.ts';
import { listSwaps } from '../../store/media/swap-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { actOnMedium, type PlainActionRequest } from './act-on-medium.ts';
import { destroyMedium, readCertificates, retireMedium } from './certificates.ts';
import { confirmSwap } from './confirm-swap.ts';
import { type CalendarPage, readCalendar, readDueSwaps } from './due-swaps.ts';
import { requireSet } from './find-registered-medium.ts';
import { changeMedium, readMedia, readMedium, readMediumEvents, registerMedium } from './inventory.ts';
import { type LoanFilter, lendMedium, readLoans, returnMedium } from './loans.ts';
import { type Assignment, addSet, assignMedium, bindCopy, changeSet, readSet, readSets } from './media-sets.ts';
import { addPlace, changePlace, type PlaceChange, readPlaces, removePlace } from './places.ts';
import { printLabels } from './print-labels.ts';
import { printCertificate, printLoanSlip } from './print-slips.ts';

/** Errors are those of the use cases behind; each names what was left as it was. */
export interface MediaDesk {
  /** By label, with counts of all media by stage. */
  list(filter: MediaFilter): Promise<{ readonly items: readonly MediumView[]; readonly stats: MediaStats }>;
  read(label: string): Promise<MediumDetail>;
  /** Newest first. */
  events(
    label: string,
    page: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<readonly MediumEvent[]>;
  register(actor: Actor, medium: NewMedium): Promise<MediumDetail>;
  change(actor: Actor, label: string, change: ChangedMedium): Promise<MediumDetail>;
  act(actor: Actor, label: string, request: PlainActionRequest): Promise<MediumDetail>;
  lend(actor: Actor, label: string, loan: Lend): Promise<MediumDetail>;
  /** Anything but good condition puts it into quarantine. */
  takeBack(actor: Actor, label: string, back: ReturnLoan): Promise<MediumDetail>;
  loans(filter: LoanFilter): Promise<readonly LoanView[]>;
  /** With a signed certificate. */
  retire(actor: Actor, label: string, retire: Retire): Promise<Certificate>;
  destroy(actor: Actor, label: string, destroy: Destroy): Promise<Certificate>;
  certificates(label: string): Promise<readonly Certificate[]>;
  places(): Promise<readonly PlaceView[]>;
  addPlace(actor: Actor, place: NewPlace): Promise<PlaceView>;
  changePlace(actor: Actor, id: string, change: PlaceChange): Promise<PlaceView>;
  removePlace(actor: Actor, id: string): Promise<void>;
  sets(): Promise<readonly SetView[]>;
  set(key: string): Promise<SetView>;
  addSet(actor: Actor, set: NewSet): Promise<SetView>;
  changeSet(actor: Actor, key: string, change: ChangedSet): Promise<SetView>;
  assign(actor: Actor, assignment: Assignment): Promise<SetView>;
  bind(actor: Actor, binding: Binding): Promise<Binding>;
  /** What to take out and put in today. */
  dueSwaps(): Promise<{ readonly today: string; readonly items: readonly DueSwap[] }>;
  calendar(
    key: string,
    page: CalendarPage,
  ): Promise<{ readonly from: string; readonly to: string; readonly items: readonly PlannedSwap[] }>;
  confirmSwap(actor: Actor, key: string, swap: ConfirmSwap): Promise<SwapView>;
  /** Newest day first. */
  swaps(key: string, limit: number): Promise<readonly SwapView[]>;
  printLabels(sheet: LabelSheet, translator: Translator): Promise<PrintedFile>;
  printLoanSlip(id: string, translator: Translator): Promise<PrintedFile>;
  printCertificate(id: string, translator: Translator): Promise<PrintedFile>;
}

export function createMediaDesk(context: BackupsContext): MediaDesk {
  return {
    list: (filter) => readMedia(context, filter),
    read: (label) => readMedium(context, label),
    events: (label, page) => readMediumEvents(context, label, page),
    register: (actor, medium) => registerMedium(context, actor, medium),
    change: (actor, label, change) => changeMedium(context, actor, label, change),
    act: (actor, label, request) => actOnMedium(context, actor, label, request),
    lend: (actor, label, loan) => lendMedium(context, actor, label, loan),
    takeBack: (actor, label, back) => returnMedium(context, actor, label, back),
    loans: (filter) => readLoans(context, filter),
    retire: (actor, label, retire) => retireMedium(context, actor, label, retire),
    destroy: (actor, label, destroy) => destroyMedium(context, actor, label, destroy),
    certificates: (label) => readCertificates(context, label),
    places: () => readPlaces(context),
    addPlace: (actor, place) => addPlace(context, actor, place),
    changePlace: (actor, id, change) => changePlace(context, actor, id, change),
    removePlace: (actor, id) => removePlace(context, actor, id),
    sets: () => readSets(context),
    set: (key) => readSet(context, key),
    addSet: (actor, set) => addSet(context, actor, set),
    changeSet: (actor, key, change) => changeSet(context, actor, key, change),
    assign: (actor, assignment) => assignMedium(context, actor, assignment),
    bind: (actor, binding) => bindCopy(context, actor, binding),
    dueSwaps: () => readDueSwaps(context),
    calendar: (key, page) => readCalendar(context, key, page),
    confirmSwap: (actor, key, swap) => confirmSwap(context, actor, key, swap),
    async swaps(key, limit) {
      const reads = context.database.tables<MediaTables>();
      await requireSet(reads, key);
      return listSwaps(reads, key, limit);
    },
    printLabels: (sheet, translator) => printLabels(context, sheet, translator),
    printLoanSlip: (id, translator) => printLoanSlip(context, id, translator),
    printCertificate: (id, translator) => printCertificate(context, id, translator),
  };
}
