/**
 * The meaning of column names in the languages of Europe and the Americas. Names are compared without accents, case and
 * non-letters. Pure.
 */

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ł/g, "l")
    .replace(/ø/g, "o")
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}]/gu, "");

const words = (text: string): readonly string[] => text.split(" ");

/** A name that contains any of these is about a phone. */
const PHONE_PARTS = [
  // English, and what programs call it
  ...words(
    "phone mobile cellular cellno cellnum telno telnum msisdn whatsapp callee contactnumber contactno contactnum",
  ),
  // The Germanic languages, Finnish
  ...words("telefon rufnummer handy mobil mobiel telefoon gsm tlf simanumer farsim puhelin"),
  // The Romance languages
  ...words("portable cellulare celular movil telemovel fone fono numerodecontact numerodecontacto numerocontatto"),
  // The Slavic and Baltic languages, Hungarian, Albanian, Turkish
  ...words("komork talrun celul ceptel mobitel"),
  ...words("τηλεφων κινητο телефон мобил мобіл"),
];
/** Short names for a phone that are also parts of other words. */
const PHONE_NAMES = new Set(
  words("tel tele cell cel mob ph fon telnr mobnr mobno tfno tfn тел моб number numbers to tonumber numbertocall"),
);

/** Things that have numbers of their own, and numbers that place calls. */
const OTHER_PARTS = [
  ...words("customer client kunde klant cliente asiakas klient zakazni ugyfel order bestell auftrag commande pedido"),
  ...words("ordine account konto compte cuenta conta invoice rechnung factur fattura fatura member mitglied membre"),
  ...words(
    "miembro employee personal mitarbeiter postal postleit zip plz ssn iban referen serial ident vat steuer tax",
  ),
  ...words("birth geburt agent from caller absender house haus street strasse"),
];
const OTHER_NAMES = new Set(words("id no nr num nummer numero row line ref pin uid key index lfdnr"));

/** A fax machine answers there. */
const FAX = /fax|φαξ|факс/;

export const RANKS = ["to_number", "phone", "unknown", "other", "fax"] as const;
export type NameRank = (typeof RANKS)[number];

/** The likely kind of a column with this name. */
export function rankOf(name: string): NameRank {
  const text = plain(name);
  if (FAX.test(text)) return "fax";
  if (text === "tonumber") return "to_number";
  const isPhone = PHONE_NAMES.has(text) || PHONE_PARTS.some((part) => text.includes(part));
  const isOther = OTHER_NAMES.has(text) || OTHER_PARTS.some((part) => text.includes(part));
  // A customer's phone counts as a phone. An agent's own, or the calling number, is not a recipient.
  if (isPhone && !/^(from|caller|agent|absender)/.test(text)) return "phone";
  return isPhone || isOther ? "other" : "unknown";
}

export const isNumberName = (name: string): boolean => {
  const rank = rankOf(name);
  return rank === "to_number" || rank === "phone";
};

const TIMEZONES = new Set([
  ...words("timezone tz iana ianatimezone zeitzone tijdzone tidszon tidssone tidszone aikavyohyke fuseauhoraire"),
  ...words("fusohorario husohorario zonahoraria fusoorario strefaczasowa casovepasmo idozona"),
]);
export const isTimezoneName = (name: string): boolean => TIMEZONES.has(plain(name));
export const isExternalIdName = (name: string): boolean => plain(name) === "externalid";
