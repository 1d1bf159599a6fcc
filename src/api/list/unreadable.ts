/** Why a list cannot be read at all. Thrown by the readers of this folder; `tableOf` returns it as data. */

export class Unreadable extends Error {}
