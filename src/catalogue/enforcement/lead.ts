import { text } from '../../errors.js';
import { MemoCommand, StreamNumber } from '../../kinds/commands.js';

/** A command about a lead 问题线索, by its number. */
export class LeadCommand extends MemoCommand {
  @StreamNumber(text('线索号', 'lead'), 'lead-number')
  leadId!: string;
}

/** The stream of a lead: the province receives it, and a county may close it. */
export const leadStream = ({ leadId }: LeadCommand): string => `lead-${leadId}`;
