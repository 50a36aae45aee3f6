import { FIELDS } from '../../../projections/names/projection.js';
import { aCount, anObject, aString, aSwitch, listOf, oneOf } from './fields.js';
import { type Part, schemaNamed as ref } from './parts.js';
import { json, operation } from './paths.js';
import { problemsOf } from './schemas.js';

const OF = oneOf('种类、经办、复核、案件', 'kind, maker, reviewer, case', ...FIELDS);

/** The schema of names in use. */
export const NAMES_SCHEMAS: Part = {
  NamesInUse: anObject({
    position: aCount('日志位置', 'position of the log'),
    of: OF,
    names: listOf(anObject({ value: aString('值', 'the value'), name: ref('Text') })),
    isWhole: aSwitch('已全部列出', 'all are listed'),
  }),
};

/** By which names lists of vouchers are filtered. */
export const NAMES_PATHS: Part = {
  '/v1/names': {
    get: operation('list-names', 'ask', '在用的名称 Names in use, by which lists of vouchers are filtered', {
      parameters: [
        { name: 'of', in: 'query', required: true, description: '何种名称 which names', schema: OF },
        {
          name: 'q',
          in: 'query',
          description: '名称的一部分 a part of the name',
          schema: { type: 'string', maxLength: 100 },
        },
      ],
      responses: {
        200: json('名称，按序，至多 50 个 names in order, 50 at most', ref('NamesInUse')),
        ...problemsOf('ask'),
      },
    }),
  },
};
