import { type MediumAction, mediumActions } from '#backups/contract';

export function isMediumAction(action: string): action is MediumAction {
  return mediumActions.some((one) => one === action);
}
