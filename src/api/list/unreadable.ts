/** Why a list cannot be read at all: thrown by the readers of this folder, and answered by `tableOf` as data. */

export class Unreadable extends Error {}
