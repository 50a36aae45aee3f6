import { Button, Tag } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useAnswer } from '../../api/ask.ts';
import { useShortcuts } from '../../shell/keyboard.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { Paper } from './paper.tsx';
import { Amount, Chain, Entries, Grid, Part, Transfer, type Voucher } from './parts.tsx';
import { Stored } from './stored.tsx';

const BEFORE = text('同流前一件', 'Previous in its stream');
const BEHIND = text('同流后一件', 'Next in its stream');
const PRINT = text('打印记账凭证', 'Print as voucher');
const IN_LOG = text('在日志中', 'In the log');
const IN_STREAM = text('同流事件', 'Events of its stream');
const REVERSED = text('已冲销', 'taken back');
const CORRECTED = text('已订正', 'corrected');

/** One event of the log, with all that is known of it. */
export function Component() {
  const { id } = useParams();
  const asking = useAnswer('/v1/vouchers/{id}', {}, { path: { id: id! } });
  return <Waiting asking={asking}>{() => <Shown voucher={asking.data!} />}</Waiting>;
}

function Shown({ voucher }: { readonly voucher: Voucher }) {
  const say = useSay();
  const { about, links, shown } = voucher;
  useShow({
    from: about.businessDate,
    to: about.businessDate,
    position: shown,
    recordedAsOf: null,
    recordedAsOfIsFinal: null,
  });
  return (
    <>
      <div className="voucher">
        <section className="report" aria-label={say(about.kindName)}>
          <header>
            <div className="title">
              <h2>
                {about.voucherNumber ?? voucher.id} {say(about.kindName)}
              </h2>
              {voucher.reversedBy !== null && <Tag color="red">{say(REVERSED)}</Tag>}
              {voucher.correctedBy.length > 0 && <Tag color="orange">{say(CORRECTED)}</Tag>}
              <Ways links={links} />
            </div>
            <p className="head">{say(about.summary)}</p>
          </header>
          <About voucher={voucher} />
        </section>
        <Entries voucher={voucher} />
        <Chain voucher={voucher} />
        <Transfer voucher={voucher} />
        <Changes voucher={voucher} />
        <Findings voucher={voucher} />
        <Stored voucher={voucher} />
      </div>
      {links.print !== undefined && <Paper id={voucher.id} />}
    </>
  );
}

/** Where to go from here, by mouse and by key. */
function Ways({ links }: { readonly links: Voucher['links'] }) {
  const say = useSay();
  const { link, go } = useAddress();
  const given = useMemo(
    () => [
      ...(links.previous === undefined ? [] : [{ keys: '[', says: BEFORE, act: () => go(links.previous!) }]),
      ...(links.next === undefined ? [] : [{ keys: ']', says: BEHIND, act: () => go(links.next!) }]),
      ...(links.print === undefined ? [] : [{ keys: 'p', says: PRINT, act: () => print() }]),
    ],
    [links, go],
  );
  useShortcuts(given);
  const way = (to: string | undefined, words: string): ReactNode =>
    to !== undefined && (
      <Link to={link(to)} className="page-turn">
        {words}
      </Link>
    );
  return (
    <span className="actions">
      {way(links.previous, `‹ ${say(BEFORE)}`)}
      {way(links.next, `${say(BEHIND)} ›`)}
      {way(links.event, say(IN_LOG))}
      {way(links.stream, say(IN_STREAM))}
      {links.print !== undefined && (
        <Button size="small" onClick={() => print()}>
          {say(PRINT)}
        </Button>
      )}
    </span>
  );
}

const FACTS = {
  fund: text('基金', 'Fund'),
  unit: text('核算单位', 'Unit'),
  businessDate: text('业务日期', 'Business date'),
  recordedAt: text('入账时间（UTC）', 'Recorded (UTC)'),
  amount: text('金额（元）', 'Amount (yuan)'),
  counterparty: text('往来对象', 'Counterparty'),
  maker: text('经办', 'Made by'),
  reviewer: text('复核', 'Reviewed by'),
  key: text('幂等键', 'Idempotency key'),
  caseId: text('案件号', 'Case'),
  transferId: text('往来号', 'Transfer'),
  evidence: text('原始凭证', 'Evidence'),
  digest: text('原始凭证摘要（SHA-256）', 'Digest of the evidence (SHA-256)'),
  source: text('来源文件与行', 'File and line it came from'),
  place: text('日志位置', 'Position in the log'),
} as const;
const LINE = text('第', 'line');
const LINE_END = text('行', '');
const DIGEST = text('文件摘要', 'file digest');
const IMPORT = text('导入', 'import');
const NO_IMPORT = text('本服务没有该文件的导入记录', 'this service has no record of its import');

/** What it is about, who answers for it, and where it came from. */
function About({ voucher }: { readonly voucher: Voucher }) {
  const say = useSay();
  const { link } = useAddress();
  const { about, evidence, source, position, stream, revision } = voucher;
  const named = (one: { code: string; name: { zh: string; en: string } } | null): ReactNode =>
    one && `${one.code} ${say(one.name)}`;
  const facts: readonly (readonly [keyof typeof FACTS, ReactNode])[] = [
    ['fund', named(about.fund)],
    ['unit', named(about.unit)],
    ['businessDate', about.businessDate],
    ['recordedAt', about.recordedAt],
    ['amount', about.amount !== null && <Amount yuan={about.amount} />],
    ['counterparty', about.counterparty],
    ['maker', about.maker],
    ['reviewer', about.reviewer],
    ['caseId', about.caseId !== null && <Link to={link(`/audit-trail?q=${about.caseId}`)}>{about.caseId}</Link>],
    [
      'transferId',
      voucher.links.transfer !== undefined && <Link to={link(voucher.links.transfer)}>{about.transferId}</Link>,
    ],
    ['evidence', evidence && `${evidence.kind} ${evidence.number}`],
    ['digest', evidence && <code>{evidence.sha256}</code>],
    ['source', source && <Source source={source} />],
    ['key', about.key !== null && <code>{about.key}</code>],
    ['place', `${position} · ${stream} · ${revision}`],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{say(FACTS[name])}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Source({ source }: { readonly source: NonNullable<Voucher['source']> }) {
  const say = useSay();
  const { link } = useAddress();
  return (
    <>
      {say(LINE)} {source.line} {say(LINE_END)} · {say(DIGEST)} <code>{source.digest}…</code> ·{' '}
      {source.imports.length === 0 && <span className="muted">{say(NO_IMPORT)}</span>}
      {source.imports.map(({ id, receivedAt, to }) => (
        <Link key={id} to={link(to)}>
          {say(IMPORT)} {receivedAt ?? id}
        </Link>
      ))}
    </>
  );
}

const CHANGES = text('对基础资料的变更', 'What it changes in the reference data');
const FROM = text('自', 'From');
const WHAT = text('项目', 'What');
const SAYS = text('内容', 'Says');
const WAS = text('此前', 'Before');

function Changes({ voucher: { changes = [] } }: { readonly voucher: Voucher }) {
  const say = useSay();
  if (changes.length === 0) return null;
  const rows = changes.map(({ from, table, key, says, was }) => [
    from ?? '—',
    `${table} ${key}`,
    say(says),
    was && say(was),
  ]);
  return (
    <Part title={CHANGES}>
      <Grid heads={[FROM, WHAT, SAYS, WAS]} rows={rows} />
    </Part>
  );
}

const FINDINGS = text('入账时的疑点', 'What looked wrong when it was recorded');
const FIELD = text('字段', 'Field');
const EXPECTED = text('应为', 'Expected');
const GOT = text('实为', 'Got');

function Findings({ voucher: { findings } }: { readonly voucher: Voucher }) {
  const say = useSay();
  if (findings.length === 0) return null;
  const rows = findings.map(({ pointer, code, expected, got }) => [`${pointer} ${code}`, say(expected), got]);
  return (
    <Part title={FINDINGS}>
      <Grid heads={[FIELD, EXPECTED, GOT]} rows={rows} />
    </Part>
  );
}
