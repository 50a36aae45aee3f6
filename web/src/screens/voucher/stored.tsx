import { Button } from 'antd';
import { useAddress } from '../../address/address.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { StoredHash } from './hash.tsx';
import { Grid, Part, type Voucher } from './parts.tsx';

const STORED = text('所存的字节', 'The bytes as stored');
const FIELDS = text('各字段的含义', 'What each field means');
const POINTER = text('字段', 'Field');
const MEANING = text('含义', 'Meaning');
const VALUE = text('值', 'Value');
const NAME = text('名称', 'Called');
const UNKNOWN = text('本版本不认识，由更新的版本写入', 'not known to this release: a later one wrote it');
const AGAIN = text('重现此页的请求', 'The request that reproduces this page');
const COPY = text('复制', 'Copy');

/** The event as it is stored, its hash, what each field means, and how to ask for it again. */
export function Stored({ voucher }: { readonly voucher: Voucher }) {
  const say = useSay();
  const { language } = useAddress();
  const { stored, sha256, fields, id, type } = voucher;
  const request = `curl -s '${location.origin}/v1/vouchers/${id}' -H 'Accept-Language: ${language}'`;
  const rows = fields.map(({ pointer, name, value, valueName }) => [
    <code>{pointer}</code>,
    name ? say(name) : <em>{say(UNKNOWN)}</em>,
    value === null ? null : <span className="value">{value}</span>,
    valueName && say(valueName),
  ]);
  return (
    <>
      <Part title={STORED}>
        <p className="head">{type}</p>
        <StoredHash stored={stored} sha256={sha256} />
        <pre className="stored" tabIndex={0} aria-label={say(STORED)}>
          {stored}
        </pre>
      </Part>
      <Part title={FIELDS}>
        <Grid heads={[POINTER, MEANING, VALUE, NAME]} rows={rows} />
      </Part>
      <Part title={AGAIN}>
        <pre className="stored" tabIndex={0} aria-label={say(AGAIN)}>
          {request}
        </pre>
        <Button size="small" onClick={() => void navigator.clipboard?.writeText(request)}>
          {say(COPY)}
        </Button>
      </Part>
    </>
  );
}
