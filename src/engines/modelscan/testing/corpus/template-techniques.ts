/** Chat templates that reach the interpreter, or that nobody can read (scan-rules §7). */
import { writeGguf } from '../model-writer.ts';
import type { Techniques } from './technique.ts';

function inGguf(template: string, key = 'tokenizer.chat_template'): Buffer {
  return writeGguf({
    keys: [
      ['general.architecture', 'llama'],
      [key, template],
    ],
  });
}

function inJson(template: unknown): string {
  return JSON.stringify({ bos_token: '<s>', chat_template: template });
}

/** Each way to write an access to the interpreter, in the file that holds nothing but a template. */
function templates(...texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text, index) => [`${index}.jinja`, text]));
}

export const templateTechniques: Techniques = {
  'reaches internals of the interpreter': {
    rule: 'template-internals',
    samples: {
      ...templates(
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''['__class__'] }}",
        "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
        "{{ ''['\\u005f_class__'] }}",
        "{{ ''['\\N{LOW LINE}_class_\\N{low line}'] }}",
        "{{ ''['__\\N{LATIN SMALL LETTER C}lass__'] }}",
        "{{ ''['__cl\\\nass__'] }}",
        '{{ x.ag_frame }}',
        "{{ '' | attr('__class__') }}",
        "{{ ''|attr(x) }}",
        "{{ ''['__cla' ~ 'ss__'] }}",
        "{% set x = '__cla' ~ 'ss__' %}{{ ''[x] }}",
        "{% set x = '_' * 2 ~ 'class' ~ '_' * 2 %}{{ ''[x] }}",
        "{% set x = '%c%cclass%c%c' | format(95, 95, 95, 95) %}{{ ''[x] }}",
        "{% set x %}__class__{% endset %}{{ ''[x] }}",
        "{% macro m() %}__globals__{% endmacro %}{{ ''[m()] }}",
        "{{ ''[['__class', '__'] | join] }}",
        "{% set c = 'cl' %}{% set u = '_' %}{% set d = u ~ u ~ c ~ 'ass' ~ u ~ u %}{{ ''[d] }}",
        "{% set u = '_' %}{% set k = [u, u, 'class', u, u] | join %}{{ ''[k] }}",
        "{{ ''['X_class_X' | replace('X', '_')] }}",
        "{% set k = 'XXclassXX' | replace('X', '_') %}{{ ''[k] }}",
        "{% set ns = namespace() %}{% set ns.k = u ~ u ~ 'cl' %}{{ ''[ns.k] }}",
        "{% macro m() %}{{ u }}{{ u }}class{{ u }}{{ u }}{% endmacro %}{{ ''[m()] }}",
        "{% for k in [u ~ u ~ 'mr' ~ 'o'] %}{{ ''[k] }}{% endfor %}",
        "{{ ''[dict(__cla=1, ss__=2) | join] }}",
        "{{ ''['__ssalc__' | reverse] }}",
        '{{ self._TemplateReference__context }}',
        "{{ lipsum.__globals__['os'] }}",
        "{{ request['application'] }}",
        "{{ messages | map(attribute='__class__') | list }}",
        '{{ messages.pop.im_self }}',
        '{{ x.func_globals }}',
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        '{%- for c in ().__class__.__base__.__subclasses__() -%}{{ c }}{%- endfor -%}',
        '{{ ﹍﹍class﹍﹍ }}',
        '{% filter attr(k) %}{% endfilter %}',
        "{{ ''['_' '_class_' '_'] }}",
        "{{ ''['{0}{0}class{0}{0}'.format('_')] }}",
        "{{ ''['_'.join(['', '', 'class', '', ''])] }}",
        "{% set k = '{0}{0}class{0}{0}'.format('_') %}{{ ''[k] }}",
        "{{ [''] | map(attribute='_' ~ '_class_' ~ '_') | first }}",
        "{{ [''] | map('attr', k) | first }}",
        "{{ [''] | map('at' ~ 'tr', k) | first }}",
        "{% set k = u ~ u ~ 'class' ~ u ~ u %}{{ [''] | groupby(k) }}",
        "{{ [''] | groupby('_' '_cl' ~ x) }}",
        "{% set k = 'XclassX'.replace('X', u ~ u) %}{{ [''] | sort(attribute=k) }}",
      ),
      'one.gguf': inGguf("{{ ''.__class__ }}"),
      'named.gguf': inGguf("{{ ''.__class__ }}", 'tokenizer.chat_template.tool_use'),
      'one/tokenizer_config.json': inJson("{{ ''.__class__ }}"),
      'list/tokenizer_config.json': inJson([{ name: 'x', template: "{{ ''.__class__ }}" }]),
      'object/tokenizer_config.json': inJson({ default: "{{ ''.__class__ }}" }),
      'deep/processor_config.json': JSON.stringify({ tokenizer: { chat_template: "{{ ''.__class__ }}" } }),
      'instruction.yaml': 'instruction_template: "{{ \'\'.__class__ }}"\n',
    },
  },
  'is no template that can be read': {
    rule: 'template-unparsed',
    samples: {
      'open.jinja': '{{ messages[0]',
      'sign.jinja': '{{ a $ b }}',
      'comment.jinja': '{# never ends',
      'text.gguf': inGguf('{{ "never ends }}'),
    },
  },
};
