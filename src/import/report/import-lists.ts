import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { type Text, text } from '../../errors.js';
import { LineSet } from '../decide/line-set.js';
import { ChangedFile } from '../read/file-digest.js';
import { ErrorList } from './error-list.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type ImportOptions, type ImportReport } from './import-report.js';
import { placeBeside, type PlacedList, placeList } from './place-lists.js';
import { type RejectsSource, writeRejects } from './rejects-file.js';

/** The lists of an import, while they are written: the errors, and the rejected lines as they stand in the file. */
export class ImportLists {
  readonly errors: ErrorList;
  private readonly rejects: string;
  private readonly rejected = new LineSet();
  /** Errors of lines that were refused while the file was posted, by line. */
  private readonly late = new Map<number, LineError>();
  /** Whether the list of rejected lines has all of them. */
  private isWhole = false;

  /** @param own what the names of its files begin with, in a folder of our own */
  constructor(
    own: string,
    private readonly ending: string,
  ) {
    this.errors = new ErrorList(`${own}.errors${ending}`);
    this.rejects = `${own}.rejects${ending}`;
  }

  reject(lines: readonly number[]): void {
    for (const line of lines) this.rejected.add(line);
    this.isWhole &&= lines.length === 0;
  }

  /** Takes the errors of lines that were refused when they were posted: behind all others, whatever their lines. */
  async addLate(errors: readonly LineError[]): Promise<void> {
    for (const error of errors) if (this.late.size < MOST_LATE) this.late.set(error.line, error);
    await this.errors.add(errors);
  }

  /**
   * Writes the rejected lines, unless that has been done.
   * @throws ChangedFile where the file is not the one that was checked; a list that was written before stays
   */
  async writeRejects(source: RejectsSource): Promise<void> {
    if (this.isWhole) return;
    await this.errors.close();
    const written = `${this.rejects}.whole${this.ending}`;
    await writeRejects(source, this.errors.path, { lines: this.rejected, late: this.late }, written);
    await rename(written, this.rejects);
    this.isWhole = true;
  }

  /**
   * Puts the lists where they are wanted. A dry run leaves none but in a folder of our own.
   * @param source where the rejected lines are wanted too
   */
  async place(
    digest: string,
    { lists, ownLists, dryRun }: ImportOptions,
    source: RejectsSource | undefined,
    { file, spare }: { readonly file: string; readonly spare: string },
    format: string,
  ): Promise<Partial<ImportReport>> {
    await this.errors.finish();
    if (dryRun && ownLists === undefined) return {};
    const put = async (written: string, ending: string): Promise<PlacedList | undefined> => {
      if (!existsSync(written)) return undefined;
      if (ownLists === undefined) return placeList(written, lists ?? placeBeside(file), digest, ending, spare);
      await rename(written, `${ownLists}.${ending}`);
      return { path: `${ownLists}.${ending}` };
    };
    const missing = source && (await this.missingRejects(source));
    const errors = await put(this.errors.path, 'errors.csv');
    const rejects = source && (await put(this.rejects, `rejects.${format}`));
    const problem = errors?.problem ?? rejects?.problem ?? missing;
    return {
      ...(errors?.path !== undefined && { errorsFile: errors.path }),
      ...(rejects?.path !== undefined && { rejectsFile: rejects.path }),
      ...(problem && { listsProblem: problem }),
    };
  }

  /** Clears away what is left of the files; what cannot be cleared away now goes before the next import. */
  async discard(): Promise<void> {
    const paths = [this.errors.path, this.rejects, `${this.rejects}.whole${this.ending}`];
    await Promise.allSettled([this.errors.close(), ...paths.map((path) => rm(path, { force: true }))]);
  }

  /** Why the list of rejected lines is not whole: what was posted is what was checked, and no other line is listed. */
  private async missingRejects(source: RejectsSource): Promise<Text | undefined> {
    try {
      await this.writeRejects(source);
      return undefined;
    } catch (error) {
      if (error instanceof ChangedFile || !existsSync(source.path)) return MISSING;
      throw error;
    }
  }
}

const MOST_LATE = 10_000;

const MISSING = text(
  '文件在检查之后有改动：已记账的是检查过的内容，拒绝清单不全，各行及原因见错误清单',
  'the file was changed after it was checked: what was posted is what was checked; the list of rejected lines is not ' +
    'whole, the list of errors names them',
);
