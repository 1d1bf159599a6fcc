/** Styles are bundled with the script; they export nothing. */
declare module "*.css";
