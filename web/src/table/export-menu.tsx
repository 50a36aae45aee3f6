import { Button, Dropdown } from 'antd';
import { useMemo, useState } from 'react';
import { type Address } from '../address/address.ts';
import { fileLink } from '../api/ask.ts';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const EXPORT = text('导出', 'Export');
const PRINT = text('打印', 'Print');
const FORMATS = [
  { format: 'xlsx', name: text('Excel（如屏幕所见）', 'Excel, as on screen') },
  { format: 'csv', name: text('CSV', 'CSV') },
  { format: 'json', name: text('JSON', 'JSON') },
] as const;

interface Props {
  readonly address: Address;
  readonly sheet: string;
  readonly hasKeys: boolean;
}

/** Files of what is seen, and paper: at the same place of every table. */
export function ExportMenu({ address, sheet, hasKeys }: Props) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const given = useMemo(
    () =>
      hasKeys
        ? [
            { keys: 'x', says: EXPORT, act: () => setOpen(true) },
            { keys: 'p', says: PRINT, act: () => print() },
          ]
        : [],
    [hasKeys],
  );
  useShortcuts(given);
  const items = FORMATS.map(({ format, name }) => ({
    key: format,
    label: (
      <a href={fileLink(address, format, sheet)} download>
        {say(name)}
      </a>
    ),
  }));
  return (
    <span className="actions">
      <Dropdown menu={{ items }} trigger={['click']} open={isOpen} onOpenChange={setOpen}>
        <Button size="small">{say(EXPORT)}</Button>
      </Dropdown>
      <Button size="small" onClick={() => print()}>
        {say(PRINT)}
      </Button>
    </span>
  );
}
