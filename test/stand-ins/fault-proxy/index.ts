/** Servers, lines and disks that fail on purpose and by a seed; what a download has to survive. */
export { createDice, type Dice } from '../civitai/catalogue/dice.ts';
export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from './fault-proxy.ts';
export type { Ask, Behave, Ending, Misbehaviour } from './misbehaviour.ts';
export { addressesDie, type FaultName, type FaultTiming, fault, faultNames, together } from './named-faults.ts';
export { type SeededContent, seededContent } from './seeded-content.ts';
