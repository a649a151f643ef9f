/** Operators that reach out of the computation, and what for. */
import type { RuleId } from '../rules.ts';

const files = `ReadFile WriteFile MatchingFiles MatchingFilesDataset WholeFileReader WholeFileReaderV2 TextLineReader TextLineReaderV2 TFRecordReader
  TFRecordReaderV2 FixedLengthRecordReader FixedLengthRecordReaderV2 LMDBReader TextLineDataset TFRecordDataset TFRecordDatasetV2 FixedLengthRecordDataset
  FixedLengthRecordDatasetV2 LMDBDataset SqlDataset CSVDataset CSVDatasetV2 SnapshotDataset SnapshotDatasetV2 SnapshotDatasetReader SnapshotChunkDataset SnapshotNestedDatasetReader
  SaveDataset SaveDatasetV2 LoadDataset DatasetToTFRecord ListSnapshotChunksDataset DistributedSave CreateSummaryFileWriter CreateSummaryDbWriter
  ImportEvent WriteSummary WriteRawProtoSummary WriteScalarSummary WriteHistogramSummary WriteImageSummary WriteAudioSummary WriteGraphSummary
  FlushSummaryWriter CloseSummaryWriter SummaryWriter ImmutableConst LoadAndRemapMatrix GenerateVocabRemapping CheckpointExists FileSystemSetConfiguration
  SSTableDataset BoostedTreesExampleDebugOutputs SentencepieceLoad`;
const code = `PyFunc PyFuncStateless EagerPyFunc RemoteFusedGraphExecute XlaCustomCall XlaCustomCallV2 NumpyFunc`;
const network = `DataServiceDataset DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset RegisterDatasetV2 RpcCall RpcClient RpcServer
  RpcServerStart RpcServerRegister RpcCheckStatus RpcGetValue Rpc TryRpc GcsConfigureBlockCache GcsConfigureCredentials BigQueryReader
  GenerateBigQueryReaderPartitions KafkaDataset KinesisDataset GRPCDataset BigtableClient BigtableTable PubSubDataset CloudBigtable GetElementAtIndexRemote`;
const handover = `RemoteCall Send Recv _Send _Recv _HostSend _HostRecv _XlaSendFromHost _XlaRecvAtHost XlaHostCompute ConfigureDistributedTPU`;

const reachingOperators: ReadonlyMap<string, RuleId> = new Map<string, RuleId>([
  ...each(files, 'tensorflow-file-access'),
  ...each(code, 'tensorflow-foreign-code'),
  ...each(network, 'tensorflow-network'),
  ...each(handover, 'tensorflow-custom-operator'),
]);

/** What every saved model does with the paths it is given when it is loaded; dangerous with a path of its own outside. */
export const pathOperators: ReadonlySet<string> = new Set(
  `Save SaveSlices SaveV2 Restore RestoreSlice RestoreV2 MergeV2Checkpoints InitializeTableFromTextFile InitializeTableFromTextFileV2 InitializeTableFromDataset
  CacheDataset CacheDatasetV2 SentencepieceOp`.split(/\s+/),
);

/** Attributes that name a place to write to or to connect to (`PrintV2`, `DebugIdentity`). */
export const placeAttributes: ReadonlySet<string> = new Set(['output_stream', 'debug_urls']);

/** The rule an operator falls under by its name; early ones carry a mark before it. */
export function reachOf(operator: string): RuleId | undefined {
  return reachingOperators.get(operator) ?? reachingOperators.get(operator.replace(/^Experimental/, ''));
}

function each(names: string, rule: RuleId): [string, RuleId][] {
  return names.split(/\s+/).map((name) => [name, rule]);
}
