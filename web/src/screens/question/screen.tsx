import { useLocation } from 'react-router';
import { Filters } from '../../filters/filters.tsx';
import { Report } from '../../table/report.tsx';
import { GROUPS, type QuestionScreen } from '../screens.ts';

const QUESTIONS = GROUPS.flatMap(({ screens }) => screens).filter(
  (screen): screen is QuestionScreen => 'question' in screen,
);

/** Any question as it is printed, with the filters that it takes. */
export function Component() {
  const { pathname } = useLocation();
  const { question, takes } = QUESTIONS.find(({ path }) => path === pathname)!;
  return (
    <>
      <Filters takes={takes} />
      <Report key={question} path={question} />
    </>
  );
}
