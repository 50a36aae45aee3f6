import { type Text } from '../../errors.js';
import { type ImportNote } from './import-report.js';

/** Characters kept of an example. */
const MOST_KEPT = 200;

/** What was passed over in a file, or taken for something else than it is written, counted by what it is. */
export class NoteList {
  private readonly notes = new Map<string, ImportNote>();

  /**
   * @param got what stands in the file, at its first place
   * @param taken what it was taken for; empty where it was passed over
   */
  add(code: string, text: Text, line: number, got = '', taken = '', count = 1): void {
    this.addAll([{ code, text, line, got: got.slice(0, MOST_KEPT), taken: taken.slice(0, MOST_KEPT), count }]);
  }

  addAll(notes: readonly ImportNote[]): void {
    for (const note of notes) {
      const known = this.notes.get(note.code);
      this.notes.set(note.code, known ? { ...known, count: known.count + note.count } : note);
    }
  }

  /** In the order in which they were first met. */
  list(): ImportNote[] {
    return [...this.notes.values()];
  }
}
