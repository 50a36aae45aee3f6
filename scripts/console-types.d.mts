/** Where the types stand. */
export declare const TYPES: string;
/** The types of a description of the interface, as text. */
export declare function consoleTypes(description: object): Promise<string>;
