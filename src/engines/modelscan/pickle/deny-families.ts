/**
 * Imports that are dangerous, by family (scan-rules §3). A module denies its submodules and everything in them; names
 * are full dotted names. Order matters only for the wording: the first family that matches names the finding.
 */
import type { RuleId } from '../rules.ts';

export interface DenyFamily {
  readonly rule: RuleId;
  /** Modules, with all that is below them, and single functions: both are prefixes of the full dotted name. */
  readonly prefixes: readonly string[];
}

export const denyFamilies: readonly DenyFamily[] = [
  {
    rule: 'pickle-import-process',
    prefixes: words(`os posix nt subprocess pty commands popen2 multiprocessing signal _posixsubprocess _winapi
      asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.subprocess asyncio.unix_events
      asyncio.windows_events asyncio.base_events concurrent.futures threading _thread thread sched
      webbrowser antigravity platform.popen platform._syscmd_ver _osx_support _aix_support
      torch.multiprocessing torch.distributed torch.utils.bottleneck torch.utils.collect_env torch.utils._cpp_extension_versioner
      numpy.distutils numpy.f2py numpy.testing psutil pexpect sh plumbum fabric invoke ptyprocess winpty
      torch._strobelight torch.utils._strobelight py.process delegator envoy execnet tox virtualenv nox gunicorn uvicorn supervisor
      torch.backends.xeon torch.utils.jit.log_extract accelerate.commands deepspeed.launcher xformers.info nltk.internals nltk.inference nltk.sem nltk.draw nltk.classify.weka
      nltk.classify.megam nltk.classify.tadm nltk.classify.senna nltk.parse.malt nltk.parse.stanford nltk.parse.corenlp nltk.parse.bllip
      nltk.tag.stanford nltk.tag.senna nltk.tag.hunpos nltk.tokenize.stanford nltk.tokenize.stanford_segmenter nltk.tokenize.repp PIL.ImageShow ultralytics.utils.checks
      click.termui.edit click.edit click.launch click.termui.launch click._termui_impl typer.launch typer.run rpy2 oct2py matlab.engine jpype
      py4j pyautogui pynput keyboard apscheduler dramatiq rq nmap lupa quickjs py_mini_racer wasmtime torch.cuda._memory_viz`),
  },
  {
    rule: 'pickle-import-evaluation',
    prefixes: words(`builtins.eval builtins.exec builtins.execfile builtins.compile builtins.input builtins.breakpoint
      __builtin__.eval __builtin__.execfile __builtin__.compile __builtin__.input __builtin__.exec
      code codeop timeit doctest ast symtable parser compiler lib2to3 py_compile compileall
      types.CodeType types.FunctionType types.LambdaType new.code new.function
      numexpr pandas.eval pandas.core.computation sympy.sympify sympy.parsing sympy.core.sympify
      torch.fx torch.jit torch._dynamo torch._inductor torch.compile torch.package torch.utils._sympy torch._C.CompilationUnit
      jinja2 mako asteval simpleeval scipy.weave cython Cython numba js2py execjs RestrictedPython
      six.exec_ future.utils.exec_ past.builtins numpy.lib.utils.safe_eval numpy.lib._utils_impl.safe_eval torchgen functorch.compile theano tvm transformers.agents
      transformers.tools smolagents pyximport pythran weave codegen chameleon pandas.core.frame.DataFrame.eval
      pandas.core.frame.DataFrame.query pandas.core.generic.NDFrame.query pandas.DataFrame.eval pandas.DataFrame.query
      torch._C._jit_script_compile torch._C._jit_compile PIL.ImageMath ply pycparser jedi docutils`),
  },
  {
    rule: 'pickle-import-machinery',
    prefixes: words(`importlib imp pkgutil runpy zipimport _frozen_importlib _frozen_importlib_external _imp
      builtins.__import__ __builtin__.__import__ builtins.reload __builtin__.reload __builtin__.apply
      site sys imputil ihooks modulefinder zipapp _bootsubprocess ensurepip venv pydoc pyclbr
      torch.utils._config_module torch.utils._import_utils pkg_resources numpy.core._utils.import numpy.compat.py3k transformers.dynamic_module_utils
      torch.utils.model_zoo torch.hub torch._utils._import_dotted_name transformers.utils.import_utils.direct_transformers_import
      transformers.utils.import_utils._LazyModule torchvision.models.get_model diffusers.utils.dynamic_modules_utils
      hydra.utils hydra._internal omegaconf._impl traitlets.utils.importstring importlib_metadata importlib_resources six.moves
      werkzeug.utils.import_string pydantic.utils.import_string pydantic._internal._validators.import_string pydantic.v1.utils
      pydantic.v1.validators lazy_import lazy_loader stevedore pluggy zope.dottedname mmcv.utils.import_modules_from_strings
      mmengine.config fvcore.common.registry catalogue accelerate.utils.imports spacy.util.import_file spacy.util.load_model
      spacy.load timm.create_model timm.models.create_model _distutils_hack sitecustomize usercustomize markdown`),
  },
  {
    rule: 'pickle-import-indirection',
    prefixes: words(`builtins.getattr builtins.setattr builtins.delattr builtins.globals builtins.locals builtins.vars
      builtins.dir builtins.type builtins.super builtins.property builtins.classmethod builtins.staticmethod
      builtins.map builtins.filter builtins.__build_class__ builtins.memoryview builtins.help builtins.callable
      __builtin__.getattr __builtin__.setattr __builtin__.map __builtin__.filter __builtin__.type __builtin__.vars
      __builtin__.globals __builtin__.locals operator _operator functools _functools itertools types inspect gc weakref
      _weakref copyreg copy_reg copy collections.UserDict collections.UserList collections.UserString contextlib atexit
      cloudpickle.cloudpickle.subimport cloudpickle.cloudpickle._builtin_type unittest.mock wrapt decorator toolz cytoolz
      numpy.vectorize numpy.frompyfunc numpy.apply_along_axis numpy.apply_over_axes numpy.fromfunction numpy.piecewise
      numpy.lib.function_base.vectorize numpy.lib.function_base.piecewise numpy.lib._function_base_impl.vectorize
      numpy.lib._function_base_impl.piecewise numpy.lib.shape_base.apply_along_axis numpy.lib.shape_base.apply_over_axes
      numpy.lib._shape_base_impl.apply_along_axis numpy.lib._shape_base_impl.apply_over_axes numpy.core.fromnumeric._wrapfunc
      numpy.core.fromnumeric._wrapit numpy.core.fromnumeric._wrapreduction numpy.core.overrides numpy.core.numeric.fromfunction numpy.core.umath.frompyfunc
      numpy.core.multiarray.set_string_function numpy.core.arrayprint numpy.ma.core._frommethod numpy.ma.core._convert2ma
      numpy.ma.extras joblib.parallel joblib.delayed boltons lazy_object_proxy
      torch._utils.ExceptionWrapper torch.cuda._lazy_call torch.utils._pytree torch.utils.data._utils.worker tree.map_structure dask.core dask.utils dask.delayed
      greenlet sklearn.utils.parallel scipy._lib._util.MapWrapper pandas.core.common.pipe pandas.core.apply
      torch.nn.Module.apply torch.nn.modules.module.Module.apply`),
  },
  {
    rule: 'pickle-import-nested-loader',
    prefixes: words(`pickle _pickle cPickle pickletools shelve marshal dill cloudpickle jsonpickle
      torch.load torch.serialization.load torch.serialization._load torch.serialization._legacy_load torch.jit.load
      torch.storage._load_from_bytes torch._weights_only_unpickler torch.utils.data.datapipes torch.utils.serialization
      numpy.load numpy.lib.npyio numpy.lib._npyio_impl numpy.lib.format numpy.core.records.fromfile numpy.loads
      joblib.load joblib.numpy_pickle.load joblib.numpy_pickle_utils joblib.numpy_pickle.NumpyUnpickler
      joblib.numpy_pickle.NDArrayWrapper joblib.numpy_pickle.ZNDArrayWrapper joblib.numpy_pickle_compat
      joblib._store_backends joblib.memory joblib.externals pandas.read_pickle pandas.io.pickle
      pandas.compat.pickle_compat pandas.read_hdf yaml ruamel.yaml ruyaml oyaml keras.models.load_model
      tensorflow.keras.models.load_model tensorflow.saved_model keras.saving tf_keras
      sklearn.externals skops hickle klepto plistlib xmlrpc.client.loads scipy.io.loadmat statsmodels.iolib
      torch.utils.show_pickle networkx.read_gpickle networkx.readwrite.gpickle gensim.utils gensim.models.keyedvectors.KeyedVectors.load
      gensim.models.KeyedVectors.load nltk.data nltk.load nltk.tokenize.load nltk.tag.load nltk.chunk.load paddle.load
      mxnet.nd.load pyarrow.serialization pyarrow.deserialize ray.cloudpickle anyio.to_process lightning_fabric.utilities.cloud_io
      keras.src.saving keras.src.legacy.saving keras.src.models.model_config keras.engine.saving tensorflow.python.keras.saving
      torch.utils.data.datapipes.utils.decoder fastai.learner.load_learner fastai.torch_core.load_image fastai.basics.load_pickle
      flair.file_utils.load_torch_state mmcv.load mmcv.fileio mmengine.fileio mmengine.load detectron2.checkpoint
      detectron2.utils.file_io ultralytics.nn.tasks.attempt_load_weights ultralytics.utils.patches.torch_load
      ultralytics.nn.tasks.torch_safe_load zodbpickle kombu.serialization srsly.cloudpickle srsly.pickle_loads
      pandas.core.generic.NDFrame.to_pickle pyspark.serializers pyspark.cloudpickle uncompyle6 decompyle3
      multiprocess pathos ppft loky compress_pickle xarray.open_dataset anndata.read_h5ad scanpy.read`),
  },
  {
    rule: 'pickle-import-native',
    prefixes: words(`ctypes _ctypes cffi _cffi_backend mmap torch.ops torch.classes torch.utils.cpp_extension
      torch._ops torch._classes torch.utils.ffi torch.utils.dlpack torch.cuda.jiterator torch.cuda._compile_kernel
      torch._C._jit torch._C.import numpy.ctypeslib numpy.core._internal._ctypes triton cupy.RawModule cupy.RawKernel pycuda
      pyopencl tensorflow.load_op_library tensorflow.load_library llvmlite win32api win32com comtypes`),
  },
  {
    rule: 'pickle-import-file',
    prefixes: words(`io _io _pyio shutil tempfile glob fileinput linecache pathlib.Path.write_text codecs.open
      builtins.open __builtin__.open __builtin__.file builtins.print builtins.exit builtins.quit zipfile tarfile gzip bz2
      lzma zlib logging fcntl dbm sqlite3 _sqlite3 csv configparser ConfigParser mailbox netrc filecmp
      torch.save torch.serialization.save torch.from_file torch.UntypedStorage.from_file
      torch.FloatStorage.from_file torch.UntypedStorage._new_shared torch.PyTorchFileReader torch._C.PyTorchFileReader
      torch._C.PyTorchFileWriter torch.utils.tensorboard
      numpy.save numpy.savez numpy.savez_compressed numpy.savetxt numpy.loadtxt numpy.genfromtxt numpy.fromfile
      numpy.fromregex numpy.memmap numpy.core.memmap numpy.core.multiarray.fromfile numpy.DataSource numpy.lib._datasource
      numpy.ndarray.tofile numpy.ndarray.dump numpy.lib.format.open_memmap numpy.core.records numpy.rec
      joblib.dump pandas.io pandas.read_csv pandas.read_json pandas.read_table pandas.read_excel pandas.read_sql
      PIL.Image.open cv2.imwrite cv2.imread torchvision.io torchaudio.load torchaudio.save onnx.load onnx.save h5py safetensors.torch.load_file safetensors.torch.load_model safetensors.torch.save_model
      matplotlib.pyplot torch.utils.file_baton torch.utils.hipify loguru cv2.VideoCapture cv2.dnn safetensors.torch.save_file fsspec polars.read_csv`),
  },
  {
    rule: 'pickle-import-network',
    prefixes: words(`socket _socket ssl _ssl http httplib urllib urllib2 urlparse requests urllib3 httpx aiohttp ftplib
      smtplib poplib imaplib telnetlib nntplib xmlrpclib socketserver SocketServer wsgiref asyncore asynchat asyncio
      selectors paramiko boto boto3 botocore google.cloud azure huggingface_hub wget pycurl websocket websockets
      dns zmq grpc redis pymongo torch.distributed.rpc pandas.io.common pandas.io.html xmlrpc git docker kubernetes selenium
      sqlalchemy psycopg2 pymysql MySQLdb torchvision.datasets.utils torchaudio.utils.download scapy
      sklearn.datasets datasets.load_dataset timm.models.hub timm.models._hub gdown kaggle smart_open
      tldextract twisted tornado gevent eventlet trio anyio scrapy mechanize playwright slack_sdk telethon discord tweepy kafka pika shodan
      scipy.datasets fsspec.implementations s3fs gcsfs
      adlfs iopath fairseq.file_utils nltk.downloader nltk.download nltk.twitter nltk.app nltk.corpus nltk.util spacy.cli tqdm.contrib`),
  },
  {
    rule: 'pickle-import-installer',
    prefixes: words(
      `pip _pip setuptools distutils easy_install conda poetry wheel pipenv uv installer build numpy.setup`,
    ),
  },
  {
    rule: 'pickle-import-debugger',
    prefixes: words(`pdb bdb cmd trace tracemalloc profile cProfile _lsprof pstats hotshot faulthandler cgitb traceback
      idlelib rlcompleter readline turtledemo test unittest this lib2to3 IPython ipykernel ptpython bpython ipdb pudb
      debugpy pydevd line_profiler memory_profiler pytest _pytest nose coverage pylint mypy werkzeug.debug jupyter_client notebook`),
  },
  {
    rule: 'pickle-import-framework',
    prefixes: words(`torch.testing torch.onnx torch.library torch.profiler torch.export torch._export
      torch._lazy torch._functorch torch.overrides torch.utils.hooks torch.utils.checkpoint torch.utils.benchmark torch.cuda.memory
      tensorflow.io tensorflow.py_function tensorflow.numpy_function tensorflow.python keras.layers.Lambda
      keras.src.layers.core.lambda_layer
      keras.layers.core.lambda_layer keras.layers.core.Lambda tensorflow.keras.layers.Lambda tf_keras.layers.Lambda
      keras.utils.get_file keras.src.utils keras.utils.data_utils keras.utils.file_utils keras.utils.generic_utils keras.config
      keras.src.backend.config.enable_unsafe_deserialization transformers.pipeline transformers.pipelines transformers.utils.hub
      transformers.trainer diffusers.DiffusionPipeline lightning.app pytorch_lightning.cli numpy.core._methods.exec
      numpy.testing.runstring numpy.core.function_base.exec langchain langchain_core langchain_experimental
      gradio streamlit flask django fastapi celery airflow dask.base ray mlflow bokeh
      pandas.io.formats.style prefect luigi dagster fire
      jupyter nbconvert nbformat papermill pytorch_lightning.utilities.cli lightning.pytorch.cli detectron2.config.lazy`),
  },
  {
    rule: 'pickle-import-scanner',
    prefixes: words(`picklescan modelscan fickling modelaudit modelaudit_picklescan pickle_inspector bandit yara clamd
      safepickle restrictedpickle`),
  },
];

/** Reaching one of these through any dotted path leaves the object that was asked for (`torch.serialization.os`). */
export const deniedComponents: ReadonlySet<string> = new Set(
  words(`os sys subprocess builtins __builtin__ __builtins__ posix nt shutil socket importlib ctypes pickle cPickle marshal
    runpy pty code codeop inspect operator functools system popen eval exec execfile __import__ import_module getattr
    urllib requests tempfile pathlib webbrowser platform _os _sys _subprocess _builtins _shutil _socket _importlib _imp
    _functools _operator _io _thread _itemgetter _weakref
    open FileIO FileHandler check_output check_call Popen CodeType FunctionType LambdaType threading zipfile tarfile
    linecache contextlib itertools copyreg`),
);

/** Harmless classes of the standard library that training scripts leave in checkpoints: nobody vouches for them either. */
export const unlistedStandardNames: ReadonlySet<string> = new Set(
  words(`datetime.datetime datetime.date datetime.time datetime.timedelta datetime.timezone decimal.Decimal
    fractions.Fraction uuid.UUID pathlib.PosixPath pathlib.WindowsPath pathlib.PurePosixPath pathlib.PureWindowsPath
    pathlib.Path pathlib.PurePath pathlib._local.PosixPath pathlib._local.WindowsPath pathlib._local.Path
    argparse.Namespace types.SimpleNamespace collections.deque collections.ChainMap array.array
    array._array_reconstructor copyreg._reconstructor copyreg.__newobj__ copy_reg._reconstructor random.Random
    enum.Enum enum.IntEnum zoneinfo.ZoneInfo zoneinfo.ZoneInfo._unpickle typing.Any typing.Union typing.Optional`),
);

/** Modules whose unlisted names are denied although the module has allowed ones. */
export const closedModules: readonly string[] = ['builtins', '__builtin__', 'codecs', '_codecs', 'collections'];

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
