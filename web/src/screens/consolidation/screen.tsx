import { useMemo } from 'react';
import { useAddress } from '../../address/address.ts';
import { useTables } from '../../api/ask.ts';
import { Filters } from '../../filters/filters.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { Report, ReportTable } from '../../table/report.tsx';

const TAKES = ['fund', 'from', 'to'];

/** The province as one: what is eliminated, who funded whom at every level, and what is in transit how long. */
export function Component() {
  return (
    <>
      <Filters takes={TAKES} />
      <Report path="/v1/consolidation" />
      <Others />
    </>
  );
}

/** Who funded whom as a matrix of each fund, and what is in transit by age: answers of their own, of the same days. */
function Others() {
  const { asked } = useAddress();
  const transit = useMemo(() => ({ ...asked, register: 'in-transit' }), [asked]);
  const matrix = useTables('/v1/pooling-matrix', asked);
  const registers = useTables('/v1/registers', transit);
  return (
    <>
      <Waiting asking={matrix}>
        {() => matrix.data!.pages[0]!.tables.map((table) => <ReportTable key={table.name} table={table} />)}
      </Waiting>
      <Waiting asking={registers}>
        {() => registers.data!.pages[0]!.tables.map((table) => <ReportTable key={table.name} table={table} />)}
      </Waiting>
    </>
  );
}
