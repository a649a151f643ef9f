/** Chat templates in the ways real models write them: long chains of methods, computed indices, macros that give text back. */

const qwen = `{%- if tools %}{{- "# Tools\\n<tools>" }}{%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}
{%- if ns.multi_step_tool and message.role == "user" and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}{%- set ns.last_query_index = index %}{%- endif %}{%- endfor %}
{%- if '</think>' in content %}{%- set reasoning_content = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}{%- set content = content.split('</think>')[-1].lstrip('\\n') %}{%- endif %}
{{- '<|im_start|>' + message.role + '\\n' + content }}
{%- if loop.first or (not loop.last and messages[loop.index0 + 1].role != "tool") %}{{- '<|im_end|>' }}{%- endif %}`;

const commandR = `{%- macro json_to_python_type(json_spec) %}{%- set basic_type_map = {"string": "str", "number": "float", "boolean": "bool"} %}
{%- if basic_type_map[json_spec.type] is defined %}{{- basic_type_map[json_spec.type] }}
{%- elif json_spec.type == "array" %}{{- "List[" + json_to_python_type(json_spec.items) + "]" }}
{%- else %}{%- for t in json_spec.type %}{{- json_to_python_type({"type": t}) }}{%- endfor %}{%- endif %}{%- endmacro %}
{%- for tool in tools %}{{- tool.name + '(' }}{%- for param_name, param_fields in tool.parameter_definitions.items() %}{{param_name}}: {{ tool_json[param_name]['type'] | upper }}{%- endfor %}{%- endfor %}`;

const mistral = `{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}{%- set ns = namespace() %}{%- set ns.index = 0 %}
{%- if (message["role"] == "user") != (ns.index % 2 == 0) %}{{- raise_exception("roles must alternate") }}{%- endif %}{%- set ns.index = ns.index + 1 %}
{%- for key, val in tool.items() if key != "return" %}{{- '"' + key + '": "' + val + '"' }}{%- endfor %}{{- strftime_now('%Y-%m-%d') }}`;

const glm = `{% macro visible_text(content) -%}{%- for item in content -%}{{- item.text }}{%- endfor -%}{%- endmacro -%}{%- set content = visible_text(m.content) %}
{% for k, v in tc.arguments.items() %}<arg_key>{{ k }}</arg_key>{{ v | tojson(ensure_ascii=False) if v is not string else v }}{% endfor %}
{{ (messages | map(attribute='content') | map('trim') | join('\\n'))[:100] }}{{ messages | groupby('role') }}
{{ '%s: %d' | format(name, 3) }}{{ "{}".format(x) }}{{- '"' + spec.enum|join('" | "') + '"' -}}`;

export const realTemplates: Readonly<Record<string, string>> = {
  'qwen.jinja': qwen,
  'command-r.jinja': commandR,
  'mistral.jinja': mistral,
  'glm.jinja': glm,
};
