import { getDocumentProxy } from 'unpdf';

/** A piece of text on a page of paper, with its place in points from the left and from the bottom. */
interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
}

/** A page of paper as it is printed. */
export interface PaperPage {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Piece[];
  /** All that stands on it in the order of the page, without any white space. */
  readonly text: string;
}

/** Signs that a font draws like others, as a reader of the file is told them. */
const DRAWN_ALIKE: Readonly<Record<string, string>> = {
  '⺟': '母',
  '⺠': '民',
  '⻄': '西',
  '⻅': '见',
  '⻆': '角',
  '⻉': '贝',
  '⻋': '车',
  '⻓': '长',
  '⻔': '门',
  '⻘': '青',
  '⻙': '韦',
  '⻚': '页',
  '⻛': '风',
  '⻝': '食',
  '⻢': '马',
  '⻩': '黄',
  '⻬': '齐',
  '⻰': '龙',
};

/** What is compared: no white space, and each sign in one form alone. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\u2e80-\u2eff]/g, (sign) => DRAWN_ALIKE[sign] ?? sign)
    // The normal form of the sign for a door is its traditional one.
    .replaceAll('戶', '户')
    .replaceAll('―', '—')
    .replaceAll(/\s/g, '');

/** The pages of a file in PDF. */
export async function readPdf(file: Uint8Array): Promise<PaperPage[]> {
  const document = await getDocumentProxy(new Uint8Array(file), { verbosity: 0 });
  const pages: PaperPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [
            {
              text: item.str,
              left: item.transform[4] as number,
              right: (item.transform[4] as number) + item.width,
              bottom: item.transform[5] as number,
              height: item.height,
            },
          ]
        : [],
    );
    pages.push({ width, height, pieces, text: bare(pieces.map(({ text }) => text).join('')) });
  }
  await document.cleanup();
  return pages;
}
