/** class-transformer exports its metadata, which the schemas need, without a declaration. */
declare module 'class-transformer/cjs/storage.js' {
  import { type IOptions } from 'class-validator-jsonschema/build/options.js';
  export const defaultMetadataStorage: IOptions['classTransformerMetadataStorage'];
}
