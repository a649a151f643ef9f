import type { RuleId } from '../rules.ts';

export const en = {
  'modelscan.verdict.dangerous': 'Dangerous: loading this file could run code or reach outside its folder.',
  'modelscan.verdict.dangerous.advice':
    'Do not load it. Kura keeps it in quarantine; look for a safetensors version instead.',
  'modelscan.verdict.invalid': 'Invalid: the file breaks the rules of its format.',
  'modelscan.verdict.invalid.advice': 'Download it again. If it stays like this, the published file itself is broken.',
  'modelscan.verdict.suspicious': 'Suspicious: nothing bad was proven, but the rules cannot clear the file.',
  'modelscan.verdict.suspicious.advice': 'Use it only if you trust whoever made it, or look for a safetensors version.',
  'modelscan.verdict.clean': 'Clean: well formed, and every part a loader would interpret has been looked at.',
  'modelscan.verdict.unscanned': 'Not scanned: the file could not be read.',
  'modelscan.verdict.unscanned.advice': 'Check that the file exists and that Kura may read it, then scan again.',
  'modelscan.closed': 'The scanner has been shut down. No file was changed.',
  'modelscan.closed.advice': 'Start Kura again and repeat the scan.',

  'modelscan.pickle-import-process':
    'Loading this file would reach functions that start programs or control the system ({evidence}).',
  'modelscan.pickle-import-evaluation': 'Loading this file would reach functions that run text as code ({evidence}).',
  'modelscan.pickle-import-machinery':
    'Loading this file would import or reload program modules of its choice ({evidence}).',
  'modelscan.pickle-import-indirection':
    'The file gets at functions by a detour that hides what it really calls ({evidence}).',
  'modelscan.pickle-import-nested-loader':
    'The file loads another pickle from inside, which escapes inspection ({evidence}).',
  'modelscan.pickle-import-native': 'Loading this file would reach native code or raw memory ({evidence}).',
  'modelscan.pickle-import-file': 'Loading this file would open, read or write files on your disk ({evidence}).',
  'modelscan.pickle-import-network': 'Loading this file would reach the network ({evidence}).',
  'modelscan.pickle-import-installer': 'Loading this file would reach package installers ({evidence}).',
  'modelscan.pickle-import-debugger': 'The file uses debugger, profiler or test tools that can run code ({evidence}).',
  'modelscan.pickle-import-framework':
    'The file uses framework functions that evaluate text or start programs ({evidence}).',
  'modelscan.pickle-import-scanner': 'The file imports a malware scanner, which no model needs ({evidence}).',
  'modelscan.pickle-import-internals':
    'The file reaches through an object into the interpreter behind it ({evidence}).',
  'modelscan.pickle-import-standard-library': 'The file imports a part of Python that no model needs ({evidence}).',
  'modelscan.pickle-import-computed':
    'The name of what the file imports is put together while loading, so nobody can tell what it is ({evidence}).',
  'modelscan.pickle-import-unknown':
    'The file imports something that is not on the list of harmless names ({evidence}).',
  'modelscan.pickle-import-count': 'The file imports more different names than can be listed ({evidence}).',
  'modelscan.pickle-build-on-import':
    'The file would change a class or function of the loading program itself ({evidence}).',
  'modelscan.pickle-call-unknown': 'The file calls something nobody vouches for ({evidence}).',
  'modelscan.pickle-call-arguments': 'A known function is called in a way no ordinary writer does ({evidence}).',
  'modelscan.pickle-build-unknown': 'The file sets the inner state of an object nobody vouches for ({evidence}).',
  'modelscan.pickle-assignment': 'The file assigns items to something that is no plain container ({evidence}).',
  'modelscan.pickle-extension-registry':
    'The file uses a registry code whose meaning only the loading program knows ({evidence}).',
  'modelscan.pickle-persistent-id': 'The file refers to an outside object in a form torch does not write ({evidence}).',
  'modelscan.pickle-out-of-band': 'Part of the data is expected from outside of the file ({evidence}).',
  'modelscan.pickle-trailing-bytes':
    'After the last complete pickle there are bytes that nothing explains ({evidence}).',
  'modelscan.pickle-broken': 'The pickle is damaged: a loader would stop here ({evidence}).',
  'modelscan.pickle-limit': 'The pickle goes beyond a limit that no real model reaches ({evidence}).',

  'modelscan.torch-storage': 'The numbers of a tensor are missing or have another size than announced ({evidence}).',
  'modelscan.torch-tensor-view': 'A tensor reaches outside the numbers that belong to it ({evidence}).',
  'modelscan.torch-record-unreferenced': 'The archive holds data that the model does not use ({evidence}).',
  'modelscan.torch-legacy-layout': 'The file does not keep to the order of the old torch format ({evidence}).',
  'modelscan.torch-script':
    'The model carries program code of its own (TorchScript) that runs when it is used ({evidence}).',
  'modelscan.torch-script-file-access': 'Program code inside the model touches files ({evidence}).',

  'modelscan.zip-broken': 'The zip archive is damaged or incomplete ({evidence}).',
  'modelscan.zip-headers-disagree':
    'The archive describes its content twice and differently, so two programs could see two different files ({evidence}).',
  'modelscan.archive-duplicate-member': 'The archive holds two files of the same name ({evidence}).',
  'modelscan.archive-unexplained-bytes': 'There are bytes in the archive that belong to no file in it ({evidence}).',
  'modelscan.zip-overlap': 'Files in the archive overlap, as in a decompression bomb ({evidence}).',
  'modelscan.zip-checksum': 'A file in the archive does not match its checksum ({evidence}).',
  'modelscan.archive-bomb': 'Unpacked, the archive would be far too large ({evidence}).',
  'modelscan.archive-entries': 'The archive holds too many files ({evidence}).',
  'modelscan.archive-depth': 'Archives are nested too deep to look into all of them ({evidence}).',
  'modelscan.archive-path-escape':
    'Unpacking would write outside the chosen folder, or the name hides what it is ({evidence}).',
  'modelscan.archive-name-unprintable': 'A file name in the archive cannot be displayed ({evidence}).',
  'modelscan.archive-link': 'The archive holds a link to another file in it ({evidence}).',
  'modelscan.archive-link-escape': 'A link in the archive leads out of the folder ({evidence}).',
  'modelscan.archive-device': 'The archive would create a device or pipe ({evidence}).',
  'modelscan.archive-encrypted':
    'A part is encrypted, or marked so: without its password Kura cannot see what is in it ({evidence}).',
  'modelscan.archive-codec': 'A part is packed in a way Kura cannot open, so nobody has looked into it ({evidence}).',
  'modelscan.tar-broken': 'The tar archive is damaged or incomplete ({evidence}).',
  'modelscan.7z-broken': 'The 7z archive is damaged or incomplete ({evidence}).',
  'modelscan.stream-broken': 'The compressed data is damaged or cut off ({evidence}).',
  'modelscan.stream-limit': 'A compressed part is longer than what is looked at; its end was not seen ({evidence}).',
  'modelscan.stream-trailing-bytes': 'After the compressed data there are bytes that nothing explains ({evidence}).',

  'modelscan.safetensors-header': 'The safetensors header is damaged or not written by the rules ({evidence}).',
  'modelscan.safetensors-tensor':
    'A tensor is described wrongly: type, shape and size do not fit together ({evidence}).',
  'modelscan.safetensors-coverage':
    'The tensors leave a hole, overlap, or do not fill the file; it may be cut off ({evidence}).',
  'modelscan.safetensors-metadata': 'The metadata holds something other than text ({evidence}).',
  'modelscan.npy-broken': 'The numpy file does not keep to its format ({evidence}).',
  'modelscan.npz-member': 'Among the arrays of the archive there is something else ({evidence}).',
  'modelscan.gguf-broken': 'The GGUF file does not keep to its format ({evidence}).',
  'modelscan.gguf-limit': 'A value in the GGUF file is larger than any real model needs ({evidence}).',
  'modelscan.onnx-broken': 'The ONNX file does not keep to its format; it may be cut off ({evidence}).',
  'modelscan.onnx-limit': 'The ONNX file goes beyond a limit that no real model reaches ({evidence}).',
  'modelscan.onnx-external-escape':
    'The model has its numbers read from outside its own folder or from memory ({evidence}).',
  'modelscan.onnx-external-missing':
    'A file that holds part of the model is missing from its folder or too short ({evidence}).',
  'modelscan.onnx-external-unchecked':
    'Part of the model lies in another file that could not be looked at together with it ({evidence}).',
  'modelscan.onnx-custom-domain':
    'The model needs operators that no known runtime brings along, so a library of somebody else would run ({evidence}).',
  'modelscan.onnx-foreign-operator':
    'An operator of the model hands over to Python, torch or ready-made machine code ({evidence}).',
  'modelscan.onnx-repeated-field':
    'Something that may be said only once is said twice, so two programs could see two different models ({evidence}).',

  'modelscan.tensorflow-broken': 'The TensorFlow file does not keep to its format; it may be cut off ({evidence}).',
  'modelscan.tensorflow-file-access': 'Running the model would read, write or list files on your disk ({evidence}).',
  'modelscan.tensorflow-foreign-code':
    'Running the model would run Python or machine code from outside of it ({evidence}).',
  'modelscan.tensorflow-network': 'Running the model would reach the network ({evidence}).',
  'modelscan.tensorflow-asset-escape': 'The model names a file outside of its own folder as part of it ({evidence}).',
  'modelscan.tensorflow-custom-operator':
    'The model needs an operator that TensorFlow does not bring along or that hands over to another program ({evidence}).',
  'modelscan.tflite-broken': 'The TensorFlow Lite file is damaged or does not keep to its format ({evidence}).',
  'modelscan.tflite-custom-operator':
    'The model needs an operator that TensorFlow Lite does not bring along, so a library of somebody else would run ({evidence}).',
  'modelscan.tokenizer-broken': 'The tokenizer is damaged or incomplete ({evidence}).',
  'modelscan.hdf5-broken': 'The HDF5 file is damaged or does not keep to its format ({evidence}).',
  'modelscan.hdf5-external': 'Part of the file is read from another file of its choice ({evidence}).',
  'modelscan.hdf5-unread': 'Part of the HDF5 file is kept in a way Kura cannot look into ({evidence}).',
  'modelscan.hdf5-user-block': 'Before the HDF5 data there are bytes that nothing explains ({evidence}).',
  'modelscan.keras-lambda': 'A Lambda layer carries program code that runs when the model is loaded ({evidence}).',
  'modelscan.keras-module':
    'Loading the model would import and call something that is no part of a model ({evidence}).',
  'modelscan.keras-running-class': 'A layer runs code or another model that comes with the file ({evidence}).',
  'modelscan.keras-path': 'Loading the model would open a file on your disk ({evidence}).',
  'modelscan.keras-custom': 'The model needs a class or function that Keras does not bring along ({evidence}).',
  'modelscan.template-internals': 'The chat template reaches into the interpreter that renders it ({evidence}).',
  'modelscan.template-unparsed': 'The chat template could not be read to its end ({evidence}).',
  'modelscan.json-broken': 'The JSON file is damaged or too large ({evidence}).',
  'modelscan.json-remote-code': 'The configuration asks the loader to run code that comes with the model ({evidence}).',
  'modelscan.json-object-graph': 'The configuration rebuilds program objects of its choice ({evidence}).',
  'modelscan.json-path-escape': 'The index points to files outside the folder of the model ({evidence}).',
  'modelscan.config-callable':
    'The configuration names a function or class to be called that belongs to no known model package ({evidence}).',
  'modelscan.workflow-code-node': 'A node of the workflow runs program code that comes with the workflow ({evidence}).',
  'modelscan.yaml-tag': 'The YAML file builds program objects when it is read ({evidence}).',
  'modelscan.yaml-tag-unknown': 'The YAML file uses a tag whose meaning only its own program knows ({evidence}).',
  'modelscan.yaml-broken': 'The YAML file is damaged or too large ({evidence}).',

  'modelscan.format-polyglot': 'The same bytes can be read as two different formats ({evidence}).',
  'modelscan.format-name-mismatch': 'The content is not what the file name says ({evidence}).',
  'modelscan.not-yet-analysed-format': 'Kura recognises this format but cannot look inside it yet ({evidence}).',
  'modelscan.not-a-model': 'This is not a model; perhaps an error page or a damaged download ({evidence}).',
  'modelscan.program-file': 'This is a program, not a model ({evidence}).',
  'modelscan.script-file': 'This is a script: code by design, and harmless only while nobody runs it ({evidence}).',
  'modelscan.empty-file': 'The file is empty ({evidence}).',
  'modelscan.scan-time': 'The scan took too long and was ended before it had seen everything ({evidence}).',
  'modelscan.scan-memory': 'The scan needed too much memory and was ended before it had seen everything ({evidence}).',
  'modelscan.scan-failed': 'The scanner stumbled over this file, so it cannot be cleared ({evidence}).',
  'modelscan.scan-unreadable': 'The file could not be read ({evidence}).',
  'modelscan.file-changed': 'The file changed while it was being scanned.',
} as const satisfies Readonly<Record<`modelscan.${RuleId}`, string>> & Readonly<Record<string, string>>;
