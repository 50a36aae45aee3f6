import { useAddress } from '../address/address.ts';
import { type Text } from './text.ts';

/** Says a text in the language of the address. */
export function useSay(): (said: Text) => string {
  const { language } = useAddress();
  return (said) => said[language];
}
