/*
 * Sets a document with Typst, in this process. A document reaches the pages as data (`sys.inputs`), so that a name with Typst's own marks in it is
 * printed as it was written; `printed.typ` is the only program that is ever run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler, type NodeError, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { renderSVG } from 'uqr';
import type { Words } from '../../languages/say.ts';
import type { Printed } from '../printed.ts';

const room = import.meta.dirname;
/** The pages draw on the design system's ornament, so Typst may read what stands in the platform. */
const workspace = join(room, '../..');
const fonts = join(room, 'fonts');
/** How many other documents Typst remembers parts of. */
const remembered = 10;

let compiler: NodeCompiler | null = null;

function open(): NodeCompiler {
  if (compiler) return compiler;
  if (!existsSync(fonts)) throw new Error('The fonts for printing are not built: npm run build.');
  const fontBlobs = readdirSync(fonts)
    .filter((name) => name.endsWith('.ttf'))
    .sort()
    .map((name) => readFileSync(join(fonts, name)));
  compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
  return compiler;
}

/** The picture of an address: dark squares on paper, and the quiet border that readers need. */
function codeOf(address: string): string {
  return renderSVG(address, { ecc: 'M', border: 1 });
}

/** Compiles the pages and hands them to whoever makes a file of them. Throws with Typst's own words: a document that cannot be set is a bug. */
function set<T>(printed: Printed, words: Words, make: (typst: NodeCompiler, document: NodeTypstDocument) => T): T {
  const typst = open();
  const pages = printed.pages.map((page) => ({ ...page, code: codeOf(page.address) }));
  const compiled = typst.compile({
    mainFilePath: join(room, 'printed.typ'),
    // The file is named as the app is: a plain notebook.
    inputs: { printed: JSON.stringify({ ...printed, pages, notebook: words.say('design.notebook') }) },
  });
  const document = compiled.result;
  if (!document) {
    const said = typst.fetchDiagnostics(compiled.takeError() as NodeError);
    throw new Error(`a document could not be set: ${JSON.stringify(said)}`);
  }
  const made = make(typst, document);
  typst.evictCache(remembered);
  return made;
}

/** A document as PDF, A4. */
export function printPdf(printed: Printed, words: Words): Buffer {
  return set(printed, words, (typst, document) => typst.pdf(document));
}

/** The same pages as one SVG, every letter as the picture that is printed. */
export function printSvg(printed: Printed, words: Words): string {
  return set(printed, words, (typst, document) => typst.plainSvg(document));
}
