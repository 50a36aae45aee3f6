/**
 * What is used of class-validator, each part from its own file. The package's index loads some 320 modules, among them
 * the telephone numbers of the world, in every process and thread: more than a third of what it took to start one.
 */
export { IsArray } from 'class-validator/cjs/decorator/typechecker/IsArray.js';
export { IsIn } from 'class-validator/cjs/decorator/common/IsIn.js';
export { IsInt } from 'class-validator/cjs/decorator/typechecker/IsInt.js';
export { IsObject } from 'class-validator/cjs/decorator/typechecker/IsObject.js';
export { IsOptional } from 'class-validator/cjs/decorator/common/IsOptional.js';
export { Matches } from 'class-validator/cjs/decorator/string/Matches.js';
export { Max } from 'class-validator/cjs/decorator/number/Max.js';
export { Min } from 'class-validator/cjs/decorator/number/Min.js';
export { ValidateBy } from 'class-validator/cjs/decorator/common/ValidateBy.js';
export { ValidateIf } from 'class-validator/cjs/decorator/common/ValidateIf.js';
export { ValidateNested } from 'class-validator/cjs/decorator/common/ValidateNested.js';
export { Validator } from 'class-validator/cjs/validation/Validator.js';
export {
  type ValidateByOptions,
  type ValidationArguments,
  type ValidationError,
  type ValidationOptions,
} from 'class-validator';
