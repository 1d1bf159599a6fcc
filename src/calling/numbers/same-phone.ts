/** The same phone under two E.164 numbers, which happens in one country. Pure, and small enough for every page. */

export const ARGENTINE_MOBILE = "+5491123456789";

/**
 * The same value for two numbers of one phone. In Argentina a 9 after the country code only marks a mobile. The ten
 * digits after it belong to no other phone (ENACOM, Plan Fundamental de Numeración Nacional).
 */
export const phoneOf = (number: string): string =>
  number.startsWith("+549") && number.length === ARGENTINE_MOBILE.length ? `+54${number.slice(4)}` : number;
