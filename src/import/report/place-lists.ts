import { constants } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type Text, text } from '../../errors.js';
import { digestOf } from '../read/file-digest.js';

/** Where the lists of an import go: `feed` in a folder makes `feed.0123456789ab.errors.csv` there. */
export interface ListPlace {
  readonly folder: string;
  /** What their names begin with. */
  readonly stem: string;
}

/** The place beside a file, or in another folder under the same name. */
export const placeBeside = (file: string, folder: string = dirname(file)): ListPlace => ({
  folder,
  stem: basename(file, extname(file)),
});

/** A list that was put somewhere; `problem` says why it is not where it was meant to be. */
export interface PlacedList {
  readonly path: string | undefined;
  readonly problem?: Text;
}

/** Digits of the digest in the name of a list: enough to tell files apart, few enough to read out. */
const DIGITS = 12;

/**
 * Copies a finished list to its place, or, where nothing can be written there, to a spare folder. Its name has the
 * digest of the file it is about. A file that is there already is never written over, whosever it is, since somebody
 * may be correcting it: the same list again is found, another gets a name with a number.
 * @param ending the end of the name, e.g. `errors.csv`
 */
export async function placeList(
  written: string,
  { folder, stem }: ListPlace,
  digest: string,
  ending: string,
  spareFolder: string,
): Promise<PlacedList> {
  const name = `${stem}.${digest.slice(0, DIGITS)}`;
  try {
    return { path: await copyTo(written, folder, name, ending) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code ?? message;
    const problem = text(`不能写入 ${folder}（${why}）`, `cannot write to ${folder} (${why})`);
    const path = await copyTo(written, spareFolder, name, ending).catch(() => undefined);
    return { path, problem };
  }
}

async function copyTo(written: string, folder: string, name: string, ending: string): Promise<string> {
  await mkdir(folder).catch(unlessThere);
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? `${name}.${ending}` : `${name}.${number}.${ending}`);
    try {
      await copyFile(written, path, constants.COPYFILE_EXCL);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if ((await digestOf(path).catch(() => undefined))?.digest === (await digestOf(written)).digest) return path;
    }
  }
}

const unlessThere = (error: unknown): void => {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
};
