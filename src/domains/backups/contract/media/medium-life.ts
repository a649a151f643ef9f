/**
 * The life of a medium: one machine for command line, API, pages and verdict (B-140; before, each had states of its own,
 * trap T-9). Safe for browsers.
 */
export const mediumStages = [
  /** Bought, not yet put into use. */
  'new',
  /** At hand: neither connected nor put away, so not offline either. */
  'available',
  /** In a drive or plugged in. */
  'loaded',
  /** Disconnected and put away: the only stage that counts as offline. */
  'stored',
  'in-transit',
  'on-loan',
  /** Not trusted: it came back damaged, was lost, or has read errors. */
  'quarantine',
  'lost',
  /** Never used again. */
  'retired',
  'destroyed',
] as const;

export type MediumStage = (typeof mediumStages)[number];

export const mediumActions = [
  'receive',
  'load',
  'unload',
  'store',
  'send',
  'lend',
  'return',
  'suspect',
  'release',
  'lose',
  'find',
  'retire',
  'destroy',
] as const;

export type MediumAction = (typeof mediumActions)[number];

type Transitions = Readonly<Record<MediumAction, Readonly<Partial<Record<MediumStage, MediumStage>>>>>;

/** `return` leads to quarantine instead when the medium came back in a bad condition. */
export const transitions: Transitions = {
  receive: { new: 'available', 'in-transit': 'available' },
  load: { new: 'loaded', available: 'loaded', stored: 'loaded' },
  unload: { loaded: 'available' },
  store: { new: 'stored', available: 'stored', loaded: 'stored', 'in-transit': 'stored' },
  send: { available: 'in-transit', stored: 'in-transit' },
  lend: { available: 'on-loan', stored: 'on-loan' },
  return: { 'on-loan': 'available' },
  suspect: {
    new: 'quarantine',
    available: 'quarantine',
    loaded: 'quarantine',
    stored: 'quarantine',
    'in-transit': 'quarantine',
  },
  release: { quarantine: 'available' },
  lose: {
    new: 'lost',
    available: 'lost',
    loaded: 'lost',
    stored: 'lost',
    'in-transit': 'lost',
    'on-loan': 'lost',
    quarantine: 'lost',
  },
  /** Nobody knows what happened to it meanwhile. */
  find: { lost: 'quarantine' },
  retire: { new: 'retired', available: 'retired', stored: 'retired', quarantine: 'retired', lost: 'retired' },
  destroy: { retired: 'destroyed' },
};

/** The stage after an action; undefined when the action makes no sense now. */
export function stageAfter(stage: MediumStage, action: MediumAction): MediumStage | undefined {
  return transitions[action][stage];
}

/** What can be done with a medium now, in the order people look for it. */
export function actionsAt(stage: MediumStage): readonly MediumAction[] {
  return mediumActions.filter((action) => stageAfter(stage, action) !== undefined);
}
