import { useLocation } from 'react-router';
import { Filters } from '../../filters/filters.tsx';
import { Report } from '../../table/report.tsx';
import { questionAt } from '../screens.ts';

/** Any question as it is printed, with the filters that it takes. */
export function Component() {
  const { pathname } = useLocation();
  const { question, takes } = questionAt(pathname);
  return (
    <>
      <Filters takes={takes} />
      <Report key={question} path={question} />
    </>
  );
}
