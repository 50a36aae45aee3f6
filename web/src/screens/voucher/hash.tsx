import { useEffect, useState } from 'react';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const STORED = text('存下的 SHA-256', 'SHA-256 as stored');
const COMPUTED = text('本浏览器重算', 'computed in this browser');
const EQUAL = text('✓ 与所存一致', '✓ the same as stored');
const DIFFERS = text(
  '✗ 与所存不一致：字节已不是入账时的字节',
  '✗ not as stored: the bytes are not those that were recorded',
);
const LOST = text('✗ 随字节存下的摘要已丢失', '✗ the hash that was stored beside the bytes is lost');
const NOWHERE = text(
  '浏览器只在 https 或本机地址上提供 WebCrypto，无法重算',
  'WebCrypto is there only over https or on this machine: it cannot be computed here',
);

/** SHA-256 of the UTF-8 bytes of a text, in hexadecimal; undefined until it is known, null where it cannot be. */
function useDigest(content: string): string | null | undefined {
  const [digest, setDigest] = useState<string | null>();
  useEffect(() => {
    let isCurrent = true;
    setDigest(undefined);
    // A page that is not of a secure context has no such thing, whatever its type says.
    const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
    if (!subtle) return setDigest(null);
    const compute = async (): Promise<void> => {
      const bytes = await subtle.digest('SHA-256', new TextEncoder().encode(content));
      if (isCurrent) setDigest([...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    };
    void compute();
    return () => {
      isCurrent = false;
    };
  }, [content]);
  return digest;
}

/** The hash that is stored beside an event, and that of the bytes which came, computed here. */
export function StoredHash({ stored, sha256 }: { readonly stored: string; readonly sha256: string | null }) {
  const say = useSay();
  const digest = useDigest(stored);
  const holds = digest !== undefined && digest !== null && digest === sha256;
  const verdict = sha256 === null ? LOST : holds ? EQUAL : DIFFERS;
  return (
    <dl className="facts">
      <div className="wide">
        <dt>{say(STORED)}</dt>
        <dd>
          <code>{sha256 ?? '—'}</code>
        </dd>
      </div>
      <div className="wide">
        <dt>{say(COMPUTED)}</dt>
        <dd>
          <code>{digest ?? '…'}</code>{' '}
          {digest !== undefined && (
            <span role="status" className={digest === null ? undefined : holds ? 'holds' : 'broken'}>
              {say(digest === null ? NOWHERE : verdict)}
            </span>
          )}
        </dd>
      </div>
    </dl>
  );
}
