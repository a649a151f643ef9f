/** Classes that Keras itself brings, by the names that models saved without modules use (Keras 2 and 3). */
const layers = `
  Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention AugMix AutoContrast Average AveragePooling1D
  AveragePooling2D AveragePooling3D BatchNormalization BatchNormalizationV1 BatchNormalizationV2 Bidirectional CategoryEncoding
  CenterCrop Concatenate Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D
  Convolution1D Convolution2D Convolution3D Cropping1D Cropping2D Cropping3D CuDNNGRU CuDNNLSTM CutMix Dense DenseFeatures
  DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense Embedding Equalization Flatten GRU GRUCell GRUCellV2
  GRUV2 GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D
  GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization GroupQueryAttention HashedCrossing Hashing Identity InputLayer InputSpec
  IntegerLookup LSTM LSTMCell LSTMCellV2 LSTMV2 LayerNormalization LeakyReLU LocallyConnected1D LocallyConnected2D Masking
  MaxNumBoundingBoxes MaxPooling1D MaxPooling2D MaxPooling3D Maximum MelSpectrogram Minimum MixUp MultiHeadAttention Multiply
  Normalization PReLU Permute RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter
  RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHeight RandomHue
  RandomInvert RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation
  RandomWidth RandomZoom ReLU RepeatVector Rescaling Reshape Resizing STFTSpectrogram SeparableConv1D SeparableConv2D
  SimpleRNN SimpleRNNCell Softmax Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization
  StackedRNNCells StringLookup Subtract TextVectorization ThresholdedReLU TimeDistributed UnitNormalization UpSampling1D UpSampling2D
  UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D Functional Model Sequential`;
const parts = `
  Constant GlorotNormal GlorotUniform HeNormal HeUniform IdentityInitializer LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer
  RandomNormal RandomUniform STFT TruncatedNormal VarianceScaling Zeros L1 L2 L1L2 OrthogonalRegularizer MaxNorm MinMaxNorm NonNeg UnitNorm
  RadialConstraint Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer Muon Nadam RMSprop SGD
  CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay
  BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy CategoricalHinge Circle
  CosineSimilarity Dice Hinge Huber KLDivergence LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError
  MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge Tversky AUC Accuracy BinaryAccuracy BinaryIoU
  CategoricalAccuracy ConcordanceCorrelation F1Score FBetaScore FalseNegatives FalsePositives IoU Mean MeanIoU MeanMetricWrapper
  MeanRelativeError MeanTensor OneHotIoU OneHotMeanIoU PearsonCorrelation Precision PrecisionAtRecall R2Score Recall RecallAtPrecision
  RootMeanSquaredError SensitivityAtSpecificity SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SpecificityAtSensitivity Sum
  TopKCategoricalAccuracy TrueNegatives TruePositives DTypePolicy DTypePolicyMap FloatDTypePolicy GPTQDTypePolicy Policy PolicyV1
  QuantizedDTypePolicy QuantizedFloat8DTypePolicy TensorShape KerasTensor`;
/** Marks that Keras 3 writes for plain values. */
const marks = '__tuple__ __tensor__ __keras_tensor__ __numpy__ __bytes__ __ellipsis__ __slice__ __typespec__';

export const knownKerasClasses: ReadonlySet<string> = new Set(`${layers} ${parts} ${marks}`.trim().split(/\s+/));
