import { createHash } from 'node:crypto';
import { shownText } from '../shownText.ts';
import type { Report } from './report.ts';
import { sectionsOf, type Section } from './reportSections.ts';

export interface ReportPage {
  readonly html: string;
  /** Nothing is loaded, run or sent: the page is its text and one style. */
  readonly contentSecurityPolicy: string;
}

/** A report as a page that stands for itself; `said`: what became of its signature; `fileUrl`: where the signed file is. */
export function reportPage(report: Report, said: string, fileUrl?: string): ReportPage {
  const { run, target, source, madeAt } = report;
  const title = `Report of ${text(run)}`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text(target.name)} from ${text(source.name)}, made at ${text(madeAt)}, before the switch.</p>
<p class="said">This report is ${text(said)}.</p>
${sectionsOf(report).map(sectionHtml).join('\n')}
<section>
<h2>How to check it</h2>
<p>This page is for reading. What is signed is the file${fileUrl === undefined ? '' : ` <a href="${text(fileUrl)}">${text(run)}.report.json</a>`}; <code>rewind report verify FILE</code> checks every byte of it with the installation’s public key, without Rewind’s database.</p>
</section>
</main>
</body>
</html>
`;
  const style = createHash('sha256').update(STYLE).digest('base64');
  return {
    html,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

function sectionHtml({ title, lines = [], facts = [], table }: Section): string {
  return [
    `<section>\n<h2>${text(title)}</h2>`,
    ...(lines.length > 0 ? [`<ul>${lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`] : []),
    ...(facts.length > 0
      ? [`<dl>${facts.map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('')}</dl>`]
      : []),
    ...(table ? [tableHtml(table)] : []),
    '</section>',
  ].join('\n');
}

/** Each cell says its column: where there is no room for four, they stand below each other. */
function tableHtml({ head, rows }: NonNullable<Section['table']>): string {
  const cells = (row: readonly string[]) =>
    row.map((cell, index) => `<td data-head="${text(head[index] ?? '')}">${text(cell)}</td>`).join('');
  return `<table>
<thead><tr>${head.map((cell) => `<th scope="col">${text(cell)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody>
</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (value: string): string => shownText(value).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --ink: #242424; --soft: #616161; --line: #e0e0e0; --link: #4f52b2; }
@media (prefers-color-scheme: dark) {
  :root { --page: #1f1f1f; --ink: #f0f0f0; --soft: #b3b3b3; --line: #454545; --link: #a6a7dc; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 "Segoe UI", system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
a { color: var(--link); }
.said { font-weight: 600; }
ul { margin: 0; padding-left: 1.2rem; }
dl { display: grid; grid-template-columns: 10rem 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody, tr, td { display: block; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td { border: 0; padding: 0; }
  td::before { content: attr(data-head) ": "; color: var(--soft); }
}
@media print { body { font-size: 11px; } section { break-inside: avoid-page; } }
`;
