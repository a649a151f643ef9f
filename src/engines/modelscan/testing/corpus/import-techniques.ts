/** Imports that run code, by family (scan-rules §3), each name through another opcode. */
import type { RuleId } from '../../rules.ts';
import { assemble, binUnicode, global, oneArgument, proto, STACK_GLOBAL, shortUnicode } from '../pickle-assembler.ts';
import type { Technique, Techniques } from './technique.ts';

const argument = oneArgument('id');

/** How a name becomes an import and a call; `dot` splits it into module and name. */
const ways: readonly ((module: string, name: string) => Buffer)[] = [
  (module, name) => assemble(proto(2), global(module, name), argument, 'R.'),
  (module, name) => assemble(proto(4), shortUnicode(module), shortUnicode(name), STACK_GLOBAL, argument, 'R.'),
  (module, name) => assemble(`(S'id'\ni${module}\n${name}\n.`),
  (module, name) => assemble('(', global(module, name), binUnicode('id'), 'o.'),
  (module, name) => assemble(proto(2), global(module, name), argument, 0x81, '.'),
  (module, name) => assemble(proto(4), global(module, name), argument, '}', 0x92, '.'),
  (module, name) => assemble(proto(2), '}', binUnicode('w'), global(module, name), argument, 'Rs.'),
  (module, name) => assemble(proto(2), global(module, name), '.'),
];

/** The first component or as many as are lower case is the module; the rest is reached by dots. */
function imports(rule: RuleId, names: string): Technique {
  const samples = names
    .trim()
    .split(/\s+/)
    .map((full, index) => {
      const dot = full.lastIndexOf('.');
      const write = ways[index % ways.length] ?? ways[0];
      return [`${full}.pkl`, write?.(full.slice(0, dot), full.slice(dot + 1)) ?? ''] as const;
    });
  return { rule, samples: Object.fromEntries(samples) };
}

export const importTechniques: Techniques = {
  'starts programs': imports(
    'pickle-import-process',
    `os.system posix.system nt.system os.popen os.execv os.spawnlp subprocess.Popen subprocess.check_output
    subprocess.run commands.getoutput pty.spawn multiprocessing.Process popen2.popen3 asyncio.create_subprocess_shell
    webbrowser.open platform.popen _posixsubprocess.fork_exec _aix_support._read_cmd_output _osx_support._read_output
    torch.utils.collect_env.run numpy.testing._private.utils.runstring numpy.f2py.crackfortran.getlincoef
    asyncio.unix_events._UnixSubprocessTransport._start threading.Thread _thread.start_new_thread
    torch.utils.bottleneck.__main__.run_cprofile torch.distributed.run.main psutil.Popen pexpect.spawn
    torch._strobelight.cli_function_profiler.StrobelightCLIFunctionProfiler py.process.cmdexec signal.signal
    torch.backends.xeon.run_cpu.main accelerate.commands.launch.main deepspeed.launcher.runner.main PIL.ImageShow.show ultralytics.utils.checks.check_requirements`,
  ),
  'evaluates or compiles text': imports(
    'pickle-import-evaluation',
    `builtins.eval builtins.exec builtins.compile __builtin__.execfile code.InteractiveInterpreter timeit.timeit
    doctest.debug_script types.FunctionType types.CodeType codeop.compile_command torch.jit.unsupported_tensor_ops.execWrapper
    torch.fx.experimental.symbolic_shapes.ShapeEnv.evaluate_guards_expression torch._dynamo.guards.GuardBuilder.get
    torch._inductor.codecache.compile_file numexpr.evaluate pandas.eval sympy.sympify jinja2.Template asteval.Interpreter
    lib2to3.pgen2.grammar.Grammar.loadgrammar lib2to3.pgen2.pgen.ParserGenerator.make_label py_compile.compile code.interact code.InteractiveConsole.push
    six.exec_ numpy.lib.utils.safe_eval torchgen.code_template.CodeTemplate pandas.core.frame.DataFrame.query smolagents.CodeAgent
    pandas.DataFrame.query torch._C._jit_script_compile PIL.ImageMath.unsafe_eval ply.yacc.yacc jedi.Script`,
  ),
  'reaches the import machinery': imports(
    'pickle-import-machinery',
    `importlib.import_module builtins.__import__ runpy.run_path runpy._run_code imp.load_source pkgutil.resolve_name
    zipimport.zipimporter site.addsitedir sys.setprofile pydoc.pipepager pydoc.locate venv.create ensurepip._run_pip
    pkg_resources.run_script torch.hub.load torch.utils._config_module.ConfigModule.load_config transformers.dynamic_module_utils.get_class_from_dynamic_module
    diffusers.utils.dynamic_modules_utils.get_class_from_dynamic_module hydra.utils.instantiate traitlets.utils.importstring.import_item six.moves.urllib.request.urlopen
    importlib.util.spec_from_file_location importlib.machinery.SourceFileLoader zipimport.zipimporter.load_module lazy_loader.load
    sitecustomize.x _distutils_hack.do_override markdown.Markdown`,
  ),
  'goes through attributes and wrappers': imports(
    'pickle-import-indirection',
    `builtins.getattr builtins.setattr builtins.globals operator.attrgetter operator.methodcaller operator.itemgetter
    functools.partial functools.reduce itertools.starmap types.MethodType copyreg.__reduce_ex__ weakref.finalize
    atexit.register contextlib.ExitStack numpy.vectorize numpy.apply_along_axis builtins.map unittest.mock._importer numpy._core.fromnumeric._wrapfunc
    numpy.core.fromnumeric._wrapit numpy.lib.shape_base.apply_along_axis numpy.lib.function_base.vectorize torch.utils._pytree.tree_map torch.cuda._lazy_call joblib.delayed
    greenlet.greenlet sklearn.utils.parallel.delayed scipy._lib._util.MapWrapper pandas.core.common.pipe torch.nn.Module.apply`,
  ),
  'loads another pickle': imports(
    'pickle-import-nested-loader',
    `pickle.loads _pickle.load cPickle.loads marshal.loads shelve.open dill.loads dill._dill._create_function
    cloudpickle.loads cloudpickle.cloudpickle._make_function cloudpickle.cloudpickle_fast._make_function jsonpickle.decode
    torch.load torch.serialization.load torch.storage._load_from_bytes torch.utils.data.datapipes.utils.decoder.basichandlers
    joblib.load torch.nn.modules.container.torch.load joblib.numpy_pickle.load numpy.load pandas.read_pickle yaml.unsafe_load statsmodels.iolib.smpickle.load_pickle
    keras.models.load_model tensorflow.saved_model.load skops.io.load torch.utils.show_pickle.main networkx.read_gpickle sklearn.externals.joblib.load keras.src.saving.saving_lib.load_model
    fastai.learner.load_learner ultralytics.nn.tasks.torch_safe_load pyspark.cloudpickle.loads mmcv.load multiprocess.reduction.ForkingPickler`,
  ),
  'calls native code': imports(
    'pickle-import-native',
    `ctypes.CDLL ctypes.util.find_library cffi.FFI mmap.mmap torch.ops.load_library torch.classes.load_library
    torch.utils.cpp_extension.load_inline numpy.ctypeslib.load_library tensorflow.load_op_library triton.compile cupy.RawKernel`,
  ),
  'reads or writes files': imports(
    'pickle-import-file',
    `builtins.open io.open io.FileIO _io.open shutil.rmtree shutil.copyfile tempfile.mkdtemp glob.glob linecache.getlines
    fileinput.input zipfile.ZipFile tarfile.open gzip.open bz2.open logging.FileHandler logging.config.fileConfig sqlite3.connect
    codecs.open torch.save torch.from_file numpy.save numpy.memmap numpy.fromfile joblib.dump pandas.read_csv h5py.File
    pathlib.Path.write_text safetensors.torch.load_file logging.config.dictConfig linecache.updatecache tempfile.NamedTemporaryFile
    safetensors.torch.save_model matplotlib.pyplot.savefig torch.utils.hipify.hipify_python.hipify loguru.logger.add`,
  ),
  'uses the network': imports(
    'pickle-import-network',
    `socket.socket socket.create_connection urllib.request.urlopen urllib.urlretrieve urllib2.urlopen http.client.HTTPSConnection
    httplib.HTTPConnection requests.get requests.api.post urllib3.PoolManager aiohttp.client.ClientSession httpx.get ftplib.FTP
    smtplib.SMTP telnetlib.Telnet imaplib.IMAP4_stream poplib.POP3 xmlrpc.client.ServerProxy ssl.get_server_certificate
    paramiko.SSHClient boto3.client huggingface_hub.hf_hub_download wget.download asyncio.open_connection sklearn.datasets.fetch_openml datasets.load_dataset smart_open.open gdown.download nltk.download nltk.downloader.Downloader slack_sdk.WebClient kafka.KafkaProducer scipy.datasets.face spacy.cli.download.download`,
  ),
  'installs packages': imports(
    'pickle-import-installer',
    `pip.main pip._internal.main setuptools.setup distutils.core.setup distutils.file_util.write_file conda.cli.main`,
  ),
  'uses debuggers and tools for developers': imports(
    'pickle-import-debugger',
    `pdb.run bdb.Bdb.run cProfile.run cProfile.runctx profile.Profile.run trace.Trace.run idlelib.pyshell.ModifiedInterpreter.runcode
    idlelib.autocomplete.AutoComplete.get_entity idlelib.run.Executive.runcode idlelib.debugobj.ObjectTreeItem.SetText
    test.support.script_helper.assert_python_ok IPython.start_ipython rlcompleter.Completer debugpy.listen cgitb.Hook bdb.Bdb.runeval
    pdb.Pdb.do_break idlelib.calltip.Calltip.fetch_tip profile.runctx`,
  ),
  'has a framework evaluate text': imports(
    'pickle-import-framework',
    `torch.onnx.export torch.library.Library torch.testing._internal.common_utils.run_tests torch.overrides.wrap_torch_function
    tensorflow.io.read_file tensorflow.py_function tensorflow.python.ops.script_ops.eager_py_func keras.layers.Lambda
    transformers.pipeline langchain_experimental.utilities.PythonREPL mlflow.projects.run gradio.Interface keras.layers.core.lambda_layer.Lambda
    keras.utils.get_file papermill.execute_notebook`,
  ),
  'switches scanners off': imports(
    'pickle-import-scanner',
    `picklescan.scanner.scan_file_path fickling.always_check_safety fickling.hook.restore modelscan.modelscan.ModelScan
    modelaudit.core.scan_file`,
  ),
  'reaches the interpreter through dots': imports(
    'pickle-import-internals',
    `torch.serialization.os.system torch.nn.functional.__globals__ numpy.core.numeric.sys.modules collections.namedtuple.__globals__.get
    collections._sys.modules sklearn.base._os.system sklearn.base.__builtins__.eval builtins.chr builtins.bytes.fromhex torch.storage.io.open sklearn.utils._testing.check_output torch.Tensor.__reduce_ex__ torch.nn.Module.__setattr__ numpy.ndarray.__class__`,
  ),
  'takes what else the standard library offers': imports(
    'pickle-import-standard-library',
    `uuid._get_command_stdout _pyrepl.pager.pipe_pager base64.b64decode binascii.unhexlify codecs.decode getpass.getpass
    collections.namedtuple collections._chain string.Formatter re.compile ipaddress.ip_address random.seed hashlib.md5 json.loads colorsys.hsv_to_rgb`,
  ),
  'names what nobody knows': imports(
    'pickle-import-unknown',
    'sklearn.svm.SVC ultralytics.nn.tasks.DetectionModel __main__.Config my_package.Model xgboost.core.Booster',
  ),
  'makes up the name while loading': {
    rule: 'pickle-import-computed',
    samples: {
      'module-list.pkl': assemble(proto(4), ']', shortUnicode('system'), STACK_GLOBAL, argument, 'R.'),
      'module-bytes.pkl': assemble(proto(4), 'C\x02os', shortUnicode('system'), STACK_GLOBAL, argument, 'R.'),
      'module-called.pkl': assemble(
        proto(4),
        global('builtins', 'str'),
        oneArgument('os'),
        'R',
        shortUnicode('system'),
        STACK_GLOBAL,
        argument,
        'R.',
      ),
      'name-number.pkl': assemble(proto(4), shortUnicode('os'), 'K\x01', STACK_GLOBAL, '.'),
      'name-persistent.pkl': assemble(proto(4), shortUnicode('os'), 'Pname\n', STACK_GLOBAL, '.'),
      'name-extension.pkl': assemble(proto(4), shortUnicode('os'), 0x82, 1, STACK_GLOBAL, '.'),
      'module-byte-array.pkl': assemble(
        proto(5),
        0x96,
        '\x02\0\0\0\0\0\0\0os',
        shortUnicode('system'),
        STACK_GLOBAL,
        '.',
      ),
      'module-buffer.pkl': assemble(proto(5), 0x97, shortUnicode('system'), STACK_GLOBAL, '.'),
      'module-long-text.pkl': assemble(
        proto(4),
        binUnicode('torch.'.repeat(900)),
        shortUnicode('x'),
        STACK_GLOBAL,
        '.',
      ),
      'longer-than-a-line-is-kept.pkl': assemble(proto(2), `c${'torch.'.repeat(2000)}os\nsystem\n`, argument, 'R.'),
      'longer-instance.pkl': assemble(`(itorch\n${'nn.'.repeat(4000)}x\n.`),
    },
  },
};
