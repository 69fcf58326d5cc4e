import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { cardStyles } from './page/teamsHost.ts';

interface PageFile {
  readonly type: string;
  readonly body: string | Buffer;
}

const FOLDER = join(import.meta.dirname, 'page');

/** Everything that the browser may load, by path: nothing else on this disk can be asked for. */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  const script = (body: string | Buffer): PageFile => ({ type: 'text/javascript; charset=utf-8', body });
  const style = (body: string | Buffer): PageFile => ({ type: 'text/css; charset=utf-8', body });
  const modules = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: readFileSync(join(FOLDER, 'index.html')) }],
    ['/page.css', style(readFileSync(join(FOLDER, 'page.css')))],
    ['/cards.css', style(bothThemes())],
    ...rendererScripts().map((file): [string, PageFile] => [`/${file.name}`, script(readFileSync(file.path))]),
    ...modules.map((name): [string, PageFile] => [`/${name}`, script(moduleScript(name))]),
  ]);
}

/** One of the page's modules as a browser reads it: the types blanked out, everything else where it was. */
export function moduleScript(name: string): string {
  return stripTypeScriptTypes(readFileSync(join(FOLDER, name), 'utf8'));
}

/** Microsoft's reference renderer of Adaptive Cards, and the markdown it leaves to others. */
export function rendererScripts(): readonly { readonly name: string; readonly path: string }[] {
  const require = createRequire(import.meta.url);
  return [
    { name: 'adaptivecards.js', path: require.resolve('adaptivecards/dist/adaptivecards.min.js') },
    // The build for pages lies beside the one that Node finds.
    {
      name: 'markdown-it.js',
      path: join(dirname(require.resolve('markdown-it')), 'browser', 'markdown-it.umd.min.js'),
    },
  ];
}

function bothThemes(): string {
  return (['light', 'dark'] as const).map((theme) => `[data-theme='${theme}'] { ${cardStyles(theme)} }`).join('\n');
}
