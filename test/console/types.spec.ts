import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { QUESTIONS } from '../../projections/registry.js';
import { consoleTypes, TYPES } from '../../scripts/console-types.mjs';
import { SENT_KINDS } from '../../src/catalogue/registry.js';
import { describeInterface } from '../../src/http/openapi/interface.js';

it('the types of the console are those of the interface as it is: `npm run schemas` writes them', async () => {
  expect(readFileSync(TYPES, 'utf8')).toBe(await consoleTypes(describeInterface(SENT_KINDS, QUESTIONS)));
});
