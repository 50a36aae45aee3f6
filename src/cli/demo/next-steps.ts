import { DEFAULT_EVENTS } from '../../../examples/hainan-2025/generate.js';
import { type Text, text } from '../../errors.js';

/** A contribution dated after the example's last day, so that its published figures stay as they are. */
const BODY = [
  '{ "fund": "employee", "unit": "460100", "businessDate": "2025-06-18", "amount": "1234.50",',
  '  "payer": { "kind": "employer", "reference": "E-0001" }, "coverPeriod": "2025-06", "headcount": 12,',
  '  "poolShare": "900.00", "personalShare": "334.50",',
  `  "evidence": { "kind": "tax-receipt", "number": "HK-2025-000123", "sha256": "${'ab'.repeat(32)}" },`,
  '  "maker": "wang", "reviewer": "li", "note": "六月职工医保费" }',
].join('\n');

/** The last line of the example: the reference set stands before it. */
const LAST = 1 + DEFAULT_EVENTS;

/**
 * What to try next, against the service at an address such as `http://127.0.0.1:3000`.
 * @param last the position of the last event of the example
 */
export function nextSteps(address: string, last = LAST): Text {
  const balances = (query: string): string => `  curl -s '${address}/v1/balances?fund=employee&unit=460100&${query}'`;
  const ask = balances('asOf=2025-05-31');
  const header = "-H 'Content-Type: application/json' -H 'Idempotency-Key: first-try'";
  const post = `  curl -si '${address}/v1/contributions' ${header} -d '\n${BODY}'`;
  const back = balances(`asOf=2025-06-18&recordedAsOf=${last}`);
  const steps = (serving: string, ...titles: readonly [string, string, string]): string =>
    [serving, '', titles[0], ask, '', titles[1], post, '', titles[2], back, ''].join('\n');
  return text(
    steps(
      `在浏览器中看账：${address}   接口文档：${address}/docs   Ctrl-C 结束`,
      '查一本账：',
      '记一张凭证（再发一次，答复相同，不会重复记账）：',
      `同一业务日，按入账位置 ${last} 时所知（尚无上面这张凭证）：`,
    ),
    steps(
      `Look at the books in a browser: ${address}   The interface: ${address}/docs   Ctrl-C ends it.`,
      'Ask about a book:',
      'Post a voucher (again: the same answer, and nothing is posted twice):',
      `The same business day as it was known at position ${last}, before that voucher:`,
    ),
  );
}
