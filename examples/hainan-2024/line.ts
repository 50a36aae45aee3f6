/** One line of the year's file: one command, and where its event will stand. */
export interface YearLine {
  readonly kind: string;
  readonly command: Record<string, unknown>;
  readonly stream: string;
  /** The id of its event in a ledger that holds nothing else. */
  readonly id: string;
}

/** The line as it is imported. */
export const lineText = ({ kind, command }: Pick<YearLine, 'kind' | 'command'>): string =>
  `${JSON.stringify({ kind, ...command })}\n`;
