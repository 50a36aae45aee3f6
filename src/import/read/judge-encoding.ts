import { isUtf8 } from 'node:buffer';
import { type Piece } from './read-pieces.js';

/**
 * Which of two encodings a file without a byte order mark is in, judged by all of its texts beyond ASCII. Each is read
 * both ways:
 * - it speaks for UTF-8 where it reads as Chinese in UTF-8 and as something else in GB18030;
 * - it speaks for GB18030 where it reads as Chinese in GB18030 (the characters of GB 2312) and, in UTF-8, as letters of
 *   a script that no bureau writes, or as nothing at all;
 * - it is doubtful where it reads as Chinese in GB18030 and as Latin letters or signs in UTF-8, é or 茅;
 * - it is unread where it is invalid in UTF-8 and not of common Chinese characters in GB18030;
 * - anything else says nothing.
 * Text in UTF-8 begins with a byte from E2 on, and common Chinese characters in GB18030 with one below D8, so that no
 * text of common characters reads as Chinese both ways.
 */
export class EncodingVoices {
  /** Texts that speak for an encoding, and doubtful ones: how many, and the first. */
  readonly utf8 = new Voice();
  readonly gb18030 = new Voice();
  readonly doubtful = new Voice();
  readonly unread = new Voice();
  private readonly known = new Map<string, Verdict>();

  /** Takes the texts of a piece of the file. */
  listen({ bytes, offset }: Piece): void {
    const latin1 = bytes.toString('latin1');
    // Nearly every piece of a file in UTF-8: nothing in it can speak against what has been heard.
    if (this.utf8.count > 0 && !TWO_BYTES.test(latin1) && isUtf8(bytes)) return;
    const masked = latin1.includes(YEN) ? latin1.replaceAll(YEN_BEFORE_AMOUNT, '  ') : latin1;
    for (const { 0: found, index } of masked.matchAll(TEXTS)) {
      const verdict = this.verdictOn(found);
      if (verdict !== 'nothing') this[verdict].add(offset + index, found);
    }
  }

  private verdictOn(found: string): Verdict {
    let verdict = this.known.get(found);
    if (verdict === undefined) {
      verdict = judge(found);
      if (this.known.size >= MOST_KNOWN) this.known.clear();
      this.known.set(found, verdict);
    }
    return verdict;
  }
}

class Voice {
  count = 0;
  first: Witness | undefined;

  add(offset: number, latin1: string): void {
    this.count += 1;
    this.first ??= { offset, ...readings(latin1) };
  }
}

/** A text that was heard: where it begins in the file, and how it reads. */
export interface Witness {
  readonly offset: number;
  readonly utf8: string;
  readonly gb18030: string;
}

type Verdict = 'utf8' | 'gb18030' | 'doubtful' | 'unread' | 'nothing';

const MOST_KNOWN = 10_000;

/** The first byte of a character of two bytes in UTF-8: a letter of another script. */
const TWO_BYTES = /[\xc2-\xdf]/;

/** A text: from a byte beyond ASCII up to one that is part of a longer character in neither encoding. */
const TEXTS = /[\x80-\xff][\x30-\x39\x40-\x7e\x80-\xff]*/g;

/** `¥1,234.50`: in GB18030 it would read 楼1,234.50, which nobody writes. */
const YEN = '\xc2\xa5';
const YEN_BEFORE_AMOUNT = /(?<![^\s,;|"])\xc2\xa5(?= ?[0-9][0-9,]*\.[0-9]{2}(?![0-9]))/g;

const GB18030 = new TextDecoder('gb18030');

function readings(latin1: string): { utf8: string; gb18030: string } {
  const bytes = Buffer.from(latin1, 'latin1');
  return { utf8: bytes.toString('utf8'), gb18030: GB18030.decode(bytes) };
}

const HAN = /\p{Script=Han}/u;
/** C1 control characters, and the scripts from IPA to Greek extended. */
const OTHER_SCRIPT = /[\u0080-\u009f\u0250-\u1fff]/;
const INVALID = /\ufffd/;
const LATIN = /[\u00a0-\u024f]/;

function judge(latin1: string): Verdict {
  const { utf8, gb18030 } = readings(latin1);
  const isInvalid = INVALID.test(utf8);
  const isStrange = isInvalid || OTHER_SCRIPT.test(utf8);
  const isChinese = HAN.test(utf8) && !isStrange;
  if (!isOfGb2312(gb18030)) return isInvalid ? 'unread' : isChinese ? 'utf8' : 'nothing';
  if (isStrange) return 'gb18030';
  return !isChinese && LATIN.test(utf8) ? 'doubtful' : 'nothing';
}

const PRIVATE = /\p{Co}/u;

/** The characters of GB 2312 that Chinese is written with: marks and full-width forms (rows 1–3), 6,763 hanzi. */
const GB2312 = new Set(
  [
    [0xa1, 0xa3],
    [0xb0, 0xf7],
  ].flatMap(([first, last]) => {
    const rows = Array.from({ length: last! - first! + 1 }, (_, index) => first! + index);
    return rows.flatMap((row) => {
      const bytes = Array.from({ length: 94 }, (_, index) => [row, 0xa1 + index]).flat();
      return Array.from(GB18030.decode(Uint8Array.from(bytes))).filter((character) => !PRIVATE.test(character));
    });
  }),
);

function isOfGb2312(text: string): boolean {
  for (const character of text) if (character > '\x7f' && !GB2312.has(character)) return false;
  return true;
}
