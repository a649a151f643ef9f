/** What somebody writes into a text field to run a script in the browsers of others. Each would call `owned(…)`. */
export const hostileTexts: readonly string[] = [
  '<script>owned(1)</script>',
  '"><script>owned(2)</script>',
  "'><img src=x onerror=owned(3)>",
  '<img src=x onerror="owned(4)">',
  '<svg onload=owned(5)>',
  '<svg><script>owned(6)</script></svg>',
  '<svg><a xlink:href="javascript:owned(7)"><text y="20">x</text></a></svg>',
  '<svg><animate onbegin=owned(8) attributeName=x dur=1s>',
  '<math><mtext><table><mglyph><style><img src=x onerror=owned(9)>',
  '<iframe src="javascript:parent.owned(10)"></iframe>',
  '<iframe srcdoc="<script>parent.owned(11)</script>"></iframe>',
  '<template><script>owned(12)</script></template>',
  '<object data="data:text/html,<script>parent.owned(13)</script>"></object>',
  '<embed src="javascript:owned(14)">',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:owned(16)">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<form action="https://evil.example"><button formaction="javascript:owned(18)">Go</button></form>',
  '<details open ontoggle=owned(19)>x</details>',
  '<video><source onerror=owned(20)></video>',
  '<input autofocus onfocus=owned(21)>',
  '<a href="javascript:owned(22)">click</a>',
  '<a href="jav&#x09;ascript:owned(23)">click</a>',
  '<div style="background:url(javascript:owned(24))">x</div>',
  '<style>@import "javascript:owned(25)";</style>',
  '[link](javascript:owned(26))',
  '[link](JaVaScRiPt:owned(27))',
  '[link](&#x6A;avascript:owned(28))',
  '[link](data:text/html;base64,PHNjcmlwdD5vd25lZCgyOSk8L3NjcmlwdD4=)',
  '[link](vbscript:owned(30))',
  '![img](javascript:owned(31))',
  '![x](x"onerror="owned(32))',
  '[x]: javascript:owned(33)\n\n[x]',
  '<javascript:owned(34)>',
  '[x](//evil.example/35)',
  '```html"onmouseover="owned(36)\n<script>owned(36)</script>\n```',
  '<!--><script>owned(37)</script>-->',
  '<![CDATA[<script>owned(38)</script>]]>',
  '<noscript><p title="</noscript><img src=x onerror=owned(39)>">',
  '</title><script>owned(40)</script>',
  '</textarea><script>owned(41)</script>',
  '${owned(42)} {{constructor.constructor("owned(42)")()}} #{owned(42)}',
  '\u{202E}<img src=x onerror=owned(43)>\u{2066}\u{202C}',
  '\u{FF1C}script\u{FF1E}owned(44)\u{FF1C}/script\u{FF1E}',
  'javascript:owned(45)//',
  "';owned(46);//",
];

/** All of them, as one text that no field is too short for. */
export function hostileText(index: number, longest: number): string {
  const text = hostileTexts[index % hostileTexts.length] ?? '';
  return text.replaceAll('\n', ' ').slice(0, longest);
}

/** What a browser takes for tags, without what is quoted in them: the same for every text, or one of them made a tag. */
export function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
}
