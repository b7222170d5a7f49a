// The page that every subject is put on: a small salon's, with its stylesheet, two tags and a map.

const WORDS =
  'Facials, massages and quiet hours by the canal. Our rooms open at nine and close when the last guest has had tea. Book by phone or at the desk; gifts are wrapped while you wait.';

const TREATMENTS = [
  'Linden facial',
  'Hot stone massage',
  'Salt scrub',
  'Hands and feet',
  'Bath for two',
  'Back and neck',
  'Clay wrap',
  'Morning stretch',
];

/** Some weight, as a real stylesheet has: a page's first paint waits for it. */
export const stylesheet = [
  'body{margin:0;font:1rem/1.5 Georgia,serif;color:#222;background:#fdfaf5}',
  'header,main,footer{max-width:40rem;margin:auto;padding:1rem}',
  'h1{font-weight:400;font-size:2rem;line-height:1.2}',
  'article{border-top:1px solid #cbb;padding:1rem 0}',
  'iframe{width:100%;height:15rem;border:0;background:#e8e2d8}',
  ...Array.from(
    { length: 400 },
    (_, index) =>
      `.tint-${index}{color:hsl(${(index * 37) % 360} ${30 + (index % 50)}% ${20 + (index % 40)}%);padding:${index % 13}px ${index % 7}px}`,
  ),
].join('\n');

/** The tag that is held: it says when it ran. */
export const tag = "performance.mark('bench:tag');";

/** One of many inline tags; the last of them says when it ran. */
const COUNT =
  "window.left = (window.left ?? held) - 1; if (!left) performance.mark('bench:released');";

/** What stands in the map's frame. */
export const frame = '<!doctype html><title>Map</title><p>A map.</p>';

/**
 * @typedef {object} Parts what a subject adds to the page
 * @property {string} [head]
 * @property {string} [body] before the end of the body
 * @property {string} [script] attributes that hold a script, or none to run it
 * @property {string} [frame] attributes that hold the map, or its address
 */

/**
 * @param {Parts} parts
 * @param {number} [held] how many inline scripts the page carries besides
 */
export function buildPage(
  { head = '', body = '', script = '', frame = 'src="/frame.html"' },
  held = 0,
) {
  const scripts = Array.from({ length: held }, () => `<script ${script}>${COUNT}</script>`);
  const articles = TREATMENTS.map(
    (name, index) => `<article class="tint-${index}"><h2>${name}</h2><p>${WORDS}</p></article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Maison Tilleul</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script>var held = ${held};</script>
${head}
<script ${script}>window.tagQueue = window.tagQueue || []; tagQueue.push('visit');</script>
<script ${script} src="/tag.js"></script>
</head>
<body>
<header><h1>Maison Tilleul</h1><p>${WORDS}</p></header>
<main>${articles.join('\n')}<iframe ${frame} title="Where we are"></iframe></main>
<footer><a href="#privacy">Privacy policy</a></footer>
${scripts.join('\n')}
${body}
</body>
</html>`;
}
