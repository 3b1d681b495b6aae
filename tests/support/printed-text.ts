import { getDocumentProxy } from 'unpdf';

export type PrintedText = {
  /** What stands on the page in order, a line of the page each, spaces and marks of direction made plain. */
  readonly lines: readonly string[];
  /** Stretches as they were set, with their place from the lower left corner in points. */
  readonly stretches: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }[];
  readonly width: number;
  readonly height: number;
};

const plain = (text: string) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/[\s\u00a0]+/g, ' ');

/** Reads a PDF back, page by page. Latin text comes as it reads; Naskh letters come as the strokes they are drawn with, and are not read here. */
export async function readPrinted(pdf: Uint8Array): Promise<readonly PrintedText[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: PrintedText[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const lines = [''];
    const stretches: PrintedText['stretches'][number][] = [];
    for (const item of items) {
      if (!('str' in item)) continue;
      lines[lines.length - 1] += item.str;
      if (item.hasEOL) lines.push('');
      const [, , , , x, y] = item.transform as [number, number, number, number, number, number];
      if (item.str.trim() !== '') stretches.push({ text: plain(item.str), x, y, width: item.width });
    }
    pages.push({
      lines: lines.map((line) => plain(line).trim()).filter((line) => line !== ''),
      stretches,
      width,
      height,
    });
  }
  return pages;
}
