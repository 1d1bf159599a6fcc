/** The same phone under two numbers in E.164, in the one country that has such. Pure, and light enough for every page. */

export const ARGENTINE_MOBILE = "+5491123456789";

/**
 * What two numbers of one phone have in common. In Argentina a 9 behind the country code says only that the phone is a mobile:
 * the ten digits behind it are of no other phone (ENACOM, Plan Fundamental de Numeración Nacional).
 */
export const phoneOf = (number: string): string =>
  number.startsWith("+549") && number.length === ARGENTINE_MOBILE.length ? `+54${number.slice(4)}` : number;
