/** Routes of identity: sessions, accounts, invitations, roles, API keys. Safe for browsers. */
export {
  changePassword,
  changeProfile,
  createInvitation,
  createResetLink,
  createUser,
  deleteUser,
  listInvitations,
  listSessions,
  listUsers,
  readUser,
  revokeAllSessions,
  revokeInvitation,
  revokeSession,
  setActive,
  setRole,
  unlockUser,
} from './account-routes.ts';
export {
  askDeviceLogin,
  type BegunDeviceLogin,
  beginDeviceLogin,
  type DeviceAnswer,
  type DeviceDecision,
  type DeviceLoginView,
  decideDeviceLogin,
  endOwnKey,
  lookUpDeviceLogin,
} from './device-routes.ts';
export { type DirectoryStepView, testDirectory } from './directory-routes.ts';
export { listEveryKey, listEverySession, type OwnerView } from './everybody-routes.ts';
export {
  beginTotp,
  disableTotp,
  finishTotp,
  readFactors,
  renewRecoveryCodes,
  resetFactors,
  showSecondFactor,
  type TotpToConfirm,
} from './factor-routes.ts';
export type { FactorsView, PasskeyView } from './factor-shapes.ts';
export {
  askForPasskey,
  beginPasskey,
  finishPasskey,
  openByPasskey,
  removePasskey,
  renamePasskey,
} from './passkey-routes.ts';
export { beginProviderLogin, openByProvider } from './provider-routes.ts';
export {
  createKey,
  deleteRole,
  listKeys,
  listRoles,
  revokeKey,
  rotateKey,
  saveRole,
} from './role-and-key-routes.ts';
export {
  acceptInvitation,
  closeSession,
  createFirstAccount,
  openSession,
  readSession,
  requestPasswordReset,
  resetPassword,
} from './session-routes.ts';
export {
  type AccountView,
  accountSchema,
  type InvitationView,
  type KeyView,
  type ProfileInput,
  type Risk,
  type RoleView,
  riskReasons,
  type SessionView,
} from './shapes.ts';
