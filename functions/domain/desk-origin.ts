/**
 * Where the owner's desk is on their own machine, unless its port is busy or another is asked for. Mails to the owner link
 * there: such a link opens where the desk runs and its browser is in, and holds nothing that anybody else could use.
 */
export const DESK_ORIGIN = "http://127.0.0.1:4803";
