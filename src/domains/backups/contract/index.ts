/** What backups agree on with web and command line: routes and shapes. Safe for browsers. */
export * from './canary-shapes.ts';
export * from './control-shapes.ts';
export { digitStatesSchema } from './digit-states.ts';
export * from './document-routes.ts';
export * from './document-shapes.ts';
export * from './drill-routes.ts';
export * from './drill-shapes.ts';
export {
  forgetToolSnapshots,
  initToolRepository,
  listTools,
  readCopyTool,
  readRunLog,
} from './engine-routes.ts';
export {
  type CopyTool,
  type Forgotten,
  type RunLog,
  type ToolName,
  type ToolSettings,
  type ToolState,
  toolNameSchema,
  toolNames,
  toolSettingsSchema,
} from './engine-shapes.ts';
export { readBackupSummary, readBackupTrend, readJobTrend, recheckBackupJob } from './estate-routes.ts';
export type { EstateSummary, EstateTrend, JobTrend } from './estate-shapes.ts';
export {
  type CopyEngine,
  type CopyRole,
  type CopyView,
  type Criticality,
  copyEngineSchema,
  copyEngines,
  copyNameSchema,
  copyRoleSchema,
  copyRoles,
  copySchema,
  criticalities,
  criticalitySchema,
  type DataClass,
  dataClasses,
  dataClassSchema,
  engineSettingsSchema,
  type JobView,
  jobKeySchema,
  jobKindSchema,
  jobKinds,
  jobSchema,
  type MediaKind,
  type MediumState,
  mediaKindSchema,
  mediaKinds,
  mediumStateSchema,
  mediumStates,
  type NewCopy,
  type NewJob,
  newCopySchema,
  newJobSchema,
  type ProtectedKind,
  policyKeySchema,
  providerKeySchema,
  type RecordableState,
  type ReportedTool,
  recordableStateSchema,
  reportedToolSchema,
  reportedTools,
  siteSchema,
} from './job-shapes.ts';
export * from './media/media-routes.ts';
export * from './media/medium-life.ts';
export * from './media/medium-shapes.ts';
export * from './media/paper-shapes.ts';
export * from './media/place-name.ts';
export * from './media/rotation-routes.ts';
export * from './media/rotation-shapes.ts';
export { listBackupPolicies, putBackupPolicy, readBackupPolicy, removeBackupPolicy } from './policy-routes.ts';
export {
  encryptionDemands,
  housePolicyKey,
  type PolicyBody,
  type PolicyRules,
  type PolicyView,
  policyBodySchema,
  policyRulesSchema,
} from './policy-shapes.ts';
export {
  checkBackupProvider,
  listBackupProviders,
  putBackupProvider,
  readBackupProvider,
  removeBackupProvider,
} from './provider-routes.ts';
export {
  type ProviderBody,
  type ProviderLogin,
  type ProviderView,
  providerBodySchema,
  providerLoginSchema,
} from './provider-shapes.ts';
export * from './recovery-routes.ts';
export * from './recovery-shapes.ts';
export {
  archiveBackupJob,
  changeBackupCopy,
  changeBackupJob,
  changeBackupJobs,
  exportBackupJobs,
  holdBackupJob,
  importBackupJobs,
  listBackupJobs,
  moveBackupSource,
  readBackupCopy,
  readBackupJob,
  unarchiveBackupJob,
} from './register-routes.ts';
export {
  type CopyChange,
  type ImportBody,
  type ImportedRow,
  type ImportReport,
  importFormats,
  type JobAction,
  type JobChange,
  type JobExportQuery,
  type JobMove,
  type JobOrder,
  type JobQuery,
  jobActions,
  jobChangeSchema,
  jobExportQuerySchema,
  jobOrders,
  jobQuerySchema,
  jobStates,
  type ListedJob,
  type ManyJobsBody,
  type ManyJobsReport,
} from './register-shapes.ts';
export * from './removal-routes.ts';
export * from './removal-shapes.ts';
export {
  adoptReports,
  assignReports,
  dismissReports,
  forgetReporter,
  forgetReportName,
  listReporters,
  listReportNames,
  listUnclaimed,
  noteHeartbeat,
  readExpectation,
  readReport,
  reportRun,
  reportRuns,
  setExpectation,
} from './report-routes.ts';
export {
  type Adoption,
  type AwaitedRuns,
  type Claim,
  type Expectation,
  type Heartbeat,
  heartbeatSchema,
  mostReports,
  type NewReport,
  newReportSchema,
  type ReportAnswer,
  type ReportDetail,
  type ReporterView,
  type ReportName,
  type ReportResult,
  type ReportState,
  reportResultSchema,
  reportResults,
  type UnclaimedView,
} from './report-shapes.ts';
export {
  addBackupCopy,
  listVerifications,
  protectFolder,
  readBackupStatus,
  readJobStatus,
  recordMedium,
  startBackupRun,
  startVerification,
} from './routes.ts';
export { listBackupRuns } from './run-routes.ts';
export {
  type RunReport,
  type RunResult,
  type RunView,
  runReportSchema,
  runResultSchema,
  runResults,
  runSchema,
  type SkippedCopy,
  type Told,
  toldSchema,
  type VerificationKind,
  type VerificationReport,
  type VerificationResult,
  type VerificationView,
  verificationKindSchema,
  verificationKinds,
  verificationReportSchema,
  verificationResultSchema,
  verificationSchema,
} from './run-shapes.ts';
export {
  listBackupCalendars,
  listBackupSchedules,
  previewBackupSchedule,
  putBackupCalendar,
  putBackupHooks,
  putBackupSchedule,
  readBackupSchedule,
  removeBackupSchedule,
} from './schedule-routes.ts';
export {
  type CalendarBody,
  type CalendarView,
  calendarKeySchema,
  type Hook,
  type Hooks,
  holidayCountries,
  hooksSchema,
  type ScheduleBody,
  type ScheduleRules,
  type ScheduleView,
  scheduleBodySchema,
  scheduleRulesSchema,
} from './schedule-shapes.ts';
export * from './service-level-routes.ts';
export {
  type CopyStatus,
  type DigitView,
  digitStateSchema,
  type JobStatusView,
  jobStatusSchema,
  type StatusView,
  statusSchema,
  type VerdictStatusName,
  verdictStatusSchema,
} from './status-shapes.ts';
export * from './test-plan-routes.ts';
export * from './test-plan-shapes.ts';
export * from './ticket-routes.ts';
export * from './ticket-shapes.ts';
