/** A receiver of the check's own: nobody listens there, so that its event is to come again. */
export const WEBHOOK = { url: "https://hooks.reader.example/course", events: [], secretName: "hook" };
