import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../src/machine-fault.js';
import { sayNotRun } from '../not-run.js';
import { temporaryDirectory } from '../service.js';

const FILLER = '.filler';
const FILLING = Buffer.alloc(1024 ** 2, 1);

/**
 * A disk of a few mebibytes that can be filled, emptied and made read-only while a program works on it. It is mounted
 * for the processes that are started `through` it (a Linux namespace) and for nobody else; to them it is at `path`.
 */
export class SmallDisk {
  private constructor(
    /** The disk as the processes on it name it. */
    readonly path: string,
    private readonly holder: ChildProcess,
  ) {}

  /**
   * Mounts a disk, at a folder of its own unless another is named. Undefined where the machine does not allow it: that
   * is said loudly, with what was not tested for want of it.
   */
  static async mount(kibibytes: number, what: string, path = temporaryDirectory()): Promise<SmallDisk | undefined> {
    mkdirSync(path, { recursive: true });
    const holder = spawn('unshare', ['-Urm', 'bash', '-ec', HOLD, 'bash', path, `${kibibytes}k`]);
    let said = '';
    for (const stream of [holder.stdout, holder.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<string>((resolve) => {
      holder.once('error', (error) => resolve(error.message));
      holder.once('exit', () => resolve(said));
    });
    const ready = new Promise<undefined>((resolve) => {
      holder.stdout.on('data', () => said.includes('ready') && resolve(undefined));
    });
    const failure = await Promise.race([ended, ready]);
    if (failure === undefined) return new SmallDisk(path, holder);
    sayNotRun(`没有小磁盘可用，未测试 no small disk on this machine, not tested: ${what}: ${failure.trim()}`);
    return undefined;
  }

  /** The words that go before a program which is to see the disk. Its pid and its signals are its own. */
  get through(): readonly string[] {
    return ['nsenter', '-t', String(this.holder.pid), '-U', '-m', '--preserve-credentials', '--'];
  }

  /** A file of the disk as this process names it, which is not on it. */
  file(...names: readonly string[]): string {
    return join(`/proc/${this.holder.pid}/root`, this.path, ...names);
  }

  /** How many bytes are free. */
  get free(): number {
    const { bavail, bsize } = statfsSync(this.file());
    return bavail * bsize;
  }

  /** Leaves so many bytes free, or fewer by less than a page; what frees itself later is free. */
  fill(leaving = 0): void {
    const filler = openSync(this.file(FILLER), 'a');
    try {
      while (this.free > leaving) writeSync(filler, FILLING, 0, Math.min(FILLING.length, this.free - leaving));
    } catch (error) {
      // Others write there too, and may have taken the last of it.
      if (codeOf(error) !== 'ENOSPC') throw error;
    } finally {
      closeSync(filler);
    }
  }

  /** Makes room again: all that filled it goes. */
  empty(): void {
    rmSync(this.file(FILLER), { force: true });
  }

  /** Makes it read-only, or writable again. @throws where files are open for writing: the kernel refuses it then */
  remount(mode: 'ro' | 'rw'): void {
    const words = [...this.through, 'mount', '-o', `remount,${mode}`, this.path];
    const { status, stderr } = spawnSync(words[0]!, words.slice(1));
    if (status !== 0) throw new Error(stderr.toString());
  }

  /** Ends it, once its programs have ended. Nothing that was on it is kept. */
  async unmount(): Promise<void> {
    this.holder.stdin!.end();
    await new Promise((resolve) => this.holder.once('exit', resolve));
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Arguments: where, and how large. It lasts as long as its input is open. */
const HOLD = `
mount -t tmpfs -o "size=$2" none "$1"
echo ready
exec cat`;
