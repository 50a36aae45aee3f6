import { Button, Dropdown } from 'antd';
import { useMemo, useState } from 'react';
import { type Address, apiLink } from '../address/address.ts';
import { fileLink } from '../api/ask.ts';
import { useExport } from '../jobs/exports.ts';
import { Failure } from '../shell/waiting.tsx';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const EXPORT = text('导出', 'Export');
const PRINT = text('打印', 'Print');
const BACKGROUND = text('，后台生成', ', in the background');
const FORMATS = [
  { format: 'xlsx', name: text('Excel（如屏幕所见）', 'Excel, as on screen') },
  { format: 'csv', name: text('CSV', 'CSV') },
  { format: 'json', name: text('JSON', 'JSON') },
] as const;
/** What a job writes. */
const BY_JOB = FORMATS.filter(({ format }) => format !== 'json');

interface Props {
  readonly address: Address;
  readonly sheet: string;
  readonly hasKeys: boolean;
  /** Long: whoever exports it would wait for it, so that what is made in the background is offered first. */
  readonly isLong?: boolean;
  /** How it is printed, where more is done for that than the browser does. */
  readonly onPrint?: (() => void) | undefined;
}

const printPage = (): void => print();

/** Files of what is seen, and paper: at the same place of every table. */
export function ExportMenu({ address, sheet, hasKeys, isLong = false, onPrint = printPage }: Props) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const exporting = useExport();
  const given = useMemo(
    () =>
      hasKeys
        ? [
            { keys: 'x', says: EXPORT, act: () => setOpen(true) },
            { keys: 'p', says: PRINT, act: onPrint },
          ]
        : [],
    [hasKeys, onPrint],
  );
  useShortcuts(given);
  const atOnce = FORMATS.map(({ format, name }) => ({
    key: format,
    label: (
      <a href={fileLink(address, format, sheet)} download>
        {say(name)}
      </a>
    ),
  }));
  const { unitOfMoney, own } = address;
  const byJob = BY_JOB.map(({ format, name }) => ({
    key: `${format} job`,
    label: `${say(name)}${say(BACKGROUND)}`,
    onClick: () =>
      exporting.mutate(apiLink(address, { format, unitOfMoney, sheet, hiddenColumns: own('hiddenColumns') })),
  }));
  const items = isLong ? [...byJob, LINE, ...atOnce] : [...atOnce, LINE, ...byJob];
  return (
    <span className="actions">
      <Dropdown menu={{ items }} trigger={['click']} open={isOpen} onOpenChange={setOpen}>
        <Button size="small" loading={exporting.isPending}>
          {say(EXPORT)}
        </Button>
      </Dropdown>
      <Button size="small" onClick={onPrint}>
        {say(PRINT)}
      </Button>
      {exporting.error && <Failure error={exporting.error} />}
    </span>
  );
}

const LINE = { key: 'line', type: 'divider' as const };
