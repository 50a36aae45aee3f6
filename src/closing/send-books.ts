import { askService } from '../ask-service.js';
import { type Language } from '../errors.js';
import { type ClosingReport } from './close-books.js';

/**
 * Lets a running service do it.
 * @throws LedgerError unavailable where it cannot be reached; refused or invalid as it says
 */
export async function sendBooks(
  { service, language }: AskedService,
  route: string,
  body: object,
  key: string,
): Promise<ClosingReport> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key, 'accept-language': language };
  const url = new URL(`/v1/${route}/batch`, service);
  const response = await askService(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as ClosingReport;
}

/** What the checklist of a running service says of a period. */
export async function checklistThere({ service, language }: AskedService, period: string): Promise<unknown> {
  const url = new URL(`/v1/periods/checklist?period=${encodeURIComponent(period)}`, service);
  const response = await askService(url, { headers: { 'accept-language': language } });
  return response.json();
}

/** A running service, and the language in which it is to say what it refuses. */
interface AskedService {
  readonly service: string;
  readonly language: Language;
}
