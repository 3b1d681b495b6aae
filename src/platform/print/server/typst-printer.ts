/*
 * Sets a document with Typst, in this process. A document reaches the pages as data (`sys.inputs`), so that a name with Typst's own marks in it is
 * printed as it was written; `printed.typ` is the only program that is ever run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompileDocArgs, NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { renderSVG } from 'uqr';
import type { Words } from '../../languages/say.ts';
import type { Printed } from '../printed.ts';

const room = import.meta.dirname;
/** The pages draw on the design system's ornament, so Typst may read what stands in the platform. */
const workspace = join(room, '../..');
const fonts = join(room, 'fonts');
/** How many documents ago Typst still remembers parts of: none, for they hold memory and two books have little in common. */
const remembered = 0;

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

/** What Typst is given. The file it makes is named as the app is: a plain notebook. */
function given(printed: Printed, words: Words): CompileDocArgs {
  const pages = printed.pages.map((page) => ({ ...page, code: codeOf(page.address) }));
  const head = printed.head && { ...printed.head, code: codeOf(printed.head.address) };
  return {
    mainFilePath: join(room, 'printed.typ'),
    inputs: { printed: JSON.stringify({ ...printed, head, pages, notebook: words.say('design.notebook') }) },
  };
}

/** A document as PDF, A4. Throws where it cannot be set: that is a bug. */
export function printPdf(printed: Printed, words: Words): Buffer {
  const typst = open();
  try {
    // The structure that a screen reader would follow is three quarters of the file; who hears a register hears it from her phone.
    return typst.pdf(given(printed, words), { pdfTags: false });
  } finally {
    typst.evictCache(remembered);
  }
}

/** The same pages as one SVG, every letter as the picture that is printed. */
export function printSvg(printed: Printed, words: Words): string {
  return open().plainSvg(given(printed, words));
}
