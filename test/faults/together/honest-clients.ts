import { setTimeout as sleep } from 'node:timers/promises';
import { formatFen } from '../../../src/money.js';
import { contribution } from '../../../src/catalogue/collecting/contribution.js';
import { findKind } from '../../../src/catalogue/registry.js';
import { randomFrom } from '../../random.js';
import { type Answering, type Journal, type SentFile, type Wanted } from './journal.js';

/** Fewer books than clients, so that clients meet in one. */
export const UNITS = ['460100', '460200', '460400', '469001'];
/** What every one of the vouchers carries, so that a balance is the sum of what was posted. */
const DAY = '2025-05-12';
const AS_OF = '2025-05-31';
/** Longest that an honest client waits for an answer. */
const PATIENCE_MS = 30_000;
/** What an honest client may be told: that it is done, to come again, or nothing, where the service stops. */
const MAY_BE_TOLD = new Set([200, 201, 202, 429, 503, 507, 0]);
const ROUTE = `/v1/${findKind('contribution')!.route}`;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Clients {
  readonly address: () => string;
  readonly journal: Journal;
  readonly seed: number;
  /** How many post, and how many ask. */
  readonly posting: number;
  readonly asking: number;
  /** Lines of the files that are imported meanwhile. */
  readonly linesOfFile: number;
  /** How long each thinks between two requests, on average. */
  readonly thinkMs: number;
}

/** Clients as one wishes for: they come again where they are told to, with the same key, and write everything down. */
export class HonestClients {
  private isOver = false;
  private readonly random: () => number;
  private readonly working: Promise<void>[] = [];

  constructor(private readonly clients: Clients) {
    this.random = randomFrom(clients.seed);
  }

  begin(): void {
    const { posting, asking } = this.clients;
    this.isOver = false;
    for (let client = 0; client < posting; client += 1) this.working.push(this.keepPosting(client));
    for (let client = 0; client < asking; client += 1) this.working.push(this.keepAsking(client));
    this.working.push(this.keepProbing(), this.keepImporting());
  }

  /** Ends after what is in hand. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.working.splice(0));
  }

  /** Sends everything of which nobody knows whether it is recorded once more, until it is. */
  async settle(): Promise<void> {
    const left = this.clients.journal.open;
    const repeat = async (): Promise<void> => {
      for (let wanted = left.pop(); wanted; wanted = left.pop())
        for (let tries = 0; wanted.receipt === undefined; tries += 1) {
          const { status, body } = await this.post(wanted);
          if (status !== 201 && tries >= 300) throw new Error(`${wanted.key}: ${status} ${JSON.stringify(body)}`);
          if (status !== 201) await sleep(200);
        }
    };
    await Promise.all(Array.from({ length: this.clients.posting }, repeat));
  }

  /** Posts one voucher of its own. */
  want(unit: string): Wanted {
    const { wanted } = this.clients.journal;
    const entry: Wanted = {
      key: `honest-${wanted.length + 1}`,
      unit,
      fen: BigInt(1 + Math.floor(this.random() * 100_000)),
      refused: 0,
    };
    wanted.push(entry);
    return entry;
  }

  async post(wanted: Wanted): Promise<Answer> {
    const { key, unit, fen } = wanted;
    const { poolShare: _, personalShare: __, ...example } = contribution.example;
    const evidence = { kind: 'tax-receipt', number: key, sha256: 'ab'.repeat(32) };
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const body = JSON.stringify({ ...example, unit, businessDate: DAY, amount: formatFen(fen), evidence });
    const answer = await this.ask('post', ROUTE, { method: 'POST', headers, body });
    if (answer.status === 201)
      this.clients.journal.recorded(wanted, {
        id: answer.body['id'] as string,
        position: answer.body['position'] as number,
      });
    else wanted.refused += 1;
    return answer;
  }

  private async keepPosting(client: number): Promise<void> {
    const left: Wanted[] = [];
    while (!this.isOver) {
      const again = left.length > 0 && this.random() < 0.3;
      const wanted = again ? left.shift()! : this.want(UNITS[client % UNITS.length]!);
      const { status, headers } = await this.post(wanted);
      if (status !== 201) left.push(wanted);
      // What is recorded is sent again now and then, as after an answer that was lost.
      else if (this.random() < 0.02) await this.post(wanted);
      await this.think(headers);
    }
  }

  private async keepAsking(client: number): Promise<void> {
    const { believed } = this.clients.journal;
    while (!this.isOver) {
      const unit = UNITS[client % UNITS.length]!;
      const { status, headers, body } = await this.ask('question', balanceOf(unit));
      if (status === 200) {
        const [book] = body['books'] as { closing: string }[];
        believed.push({ unit, position: body['position'] as number, closing: book?.closing ?? '0.00' });
      }
      await this.think(headers);
    }
  }

  private async keepProbing(): Promise<void> {
    while (!this.isOver) {
      await this.ask('readyz', '/readyz');
      await sleep(250);
    }
  }

  private async keepImporting(): Promise<void> {
    const { files } = this.clients.journal;
    while (!this.isOver) {
      const number = files.length;
      const unit = UNITS[number % UNITS.length]!;
      const file = { note: `file ${number}`, unit, lines: this.clients.linesOfFile, fenOfLine: 100n };
      files.push(file);
      while (!this.isOver && !(await this.seeThrough(file))) await sleep(300);
    }
  }

  /** Sends a file until it is taken, then looks what becomes of it. Gives whether it has ended. */
  async seeThrough(file: SentFile): Promise<boolean> {
    if (file.location !== undefined) return this.lookAt(file, file.location);
    const headers = { 'content-type': 'text/csv' };
    const answer = await this.ask('import', '/v1/imports', { method: 'POST', headers, body: csvOf(file) });
    if (answer.status === 202) file.location = answer.headers.get('location')!;
    return false;
  }

  private async lookAt(file: SentFile, location: string): Promise<boolean> {
    const { status, body } = await this.ask('import', location);
    if (status !== 200 || ['queued', 'running', 'paused'].includes(body['status'] as string)) return false;
    const { posted = 0, replayed = 0, rejected = 0 } = (body['report'] ?? {}) as Record<string, number>;
    file.end = { status: body['status'] as string, posted, replayed, rejected };
    return true;
  }

  /** Asks, and writes down how it was answered. Status 0: not at all. */
  private async ask(what: Answering['what'], path: string, init: RequestInit = {}): Promise<Answer> {
    const { journal, address } = this.clients;
    const { phase } = journal;
    const begun = performance.now();
    const answer = await answerOf(address() + path, init);
    const { status, body } = answer;
    const outcome = status === 0 || status >= 400 ? `${status} ${String(body['code'])}` : String(status);
    journal.answers.push({ phase, what, outcome, ms: performance.now() - begun });
    if (!MAY_BE_TOLD.has(status))
      journal.wrong.push(`${what} ${path} was answered ${outcome}: ${JSON.stringify(body)}`);
    return answer;
  }

  private async think(headers: Headers): Promise<void> {
    // Nothing at all is answered where the service has stopped.
    const told = headers.has('retry-after') || !headers.has('content-type') ? 500 : 0;
    await sleep(told + 2 * this.random() * this.clients.thinkMs);
  }
}

async function answerOf(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Answer['body'];
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    const { name, cause } = error as Error;
    return {
      status: 0,
      headers: new Headers(),
      body: { code: (cause as { code?: string } | undefined)?.code ?? name },
    };
  }
}

const balanceOf = (unit: string): string => `/v1/balances?fund=employee&unit=${unit}&asOf=${AS_OF}`;

const COLUMNS =
  'kind,fund,unit,businessDate,amount,payer.kind,payer.reference,coverPeriod,headcount,' +
  'evidence.kind,evidence.number,evidence.sha256,maker,reviewer,note';

/** A file of vouchers of one yuan each. */
function csvOf({ note, unit, lines }: Pick<SentFile, 'note' | 'unit' | 'lines'>): string {
  const row = (line: number): string =>
    `contribution,employee,${unit},${DAY},1.00,employer,E-1,2025-05,1,` +
    `tax-receipt,${note.replace(' ', '-')}-${line},${'ab'.repeat(32)},wang,li,${note}`;
  return [COLUMNS, ...Array.from({ length: lines }, (_, line) => row(line)), ''].join('\n');
}
