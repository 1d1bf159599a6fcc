/** What the document's examples share. */

export const BATCH_ID = "acb_TX9N9ULdcZQd5CEgrpdpAE";
export const CALL_ID = "ac_TX9N9ULdcZQd5CEWu65fRA";
export const CREATED_AT = "2026-11-24T02:42:13.185Z";
export const times = { created_at: CREATED_AT, updated_at: CREATED_AT };
export const page = <Item>(item: Item) => ({ data: [item], has_more: false, next_page: null });
