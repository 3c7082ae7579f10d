import type { Looked } from "./journey.ts";
import { isAllowed, listAsks, type Statement } from "./policies.ts";
import type { Replayable } from "./replay.ts";
import { ACCOUNT, REGION } from "./stack.ts";
import type { CheckedWorld, Recorded } from "./world.ts";

/** Every permission that the journey used, taken away: the evaluator refuses a request of the journey without it. */
export function missEachPermission({ stack, recorded }: CheckedWorld): Looked[] {
  return stack.functions.map(({ name, statements }) => {
    const own = recorded.filter(({ by }) => by === name);
    const used = [...new Set(own.flatMap((one) => asksOf(one).map(({ action }) => action)))];
    const unmissed = used.filter(
      (action) => !own.some((one) => refusedBy(withoutAction(statements, action), one)),
    );
    const isRefused = own.some((one) => refusedBy(statements, one));
    return {
      what: `(control) ${name}: each of the ${used.length} permissions that it used is missed when it is taken away`,
      isTrue: used.length > 0 && unmissed.length === 0 && !isRefused,
      found: unmissed.join(", ") || "nothing was asked",
    };
  });
}

const asksOf = ({ request }: Recorded) =>
  listAsks(request, { region: REGION, account: ACCOUNT, isSandbox: false });
const refusedBy = (statements: Statement[], one: Recorded): boolean =>
  asksOf(one).some((ask) => !isAllowed(statements, ask));

const withoutAction = (statements: Statement[], action: string): Statement[] =>
  statements.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((one) => one !== action),
  }));

/**
 * In the sandbox SES asks for the recipient's identity too. Under a role that names our identity alone, as ours once
 * did, no mail of the journey would have left.
 */
export function judgeSandbox({ stack, recorded }: CheckedWorld): Looked[] {
  const sends = recorded.filter(({ request }) => request.action === "SendRawEmail");
  const refused = (narrow: boolean) =>
    sends.filter(({ by, request }) => {
      const own = stack.functions.find(({ name }) => name === by)?.statements ?? [];
      const statements = narrow ? own.map(naming) : own;
      const asks = listAsks(request, { region: REGION, account: ACCOUNT, isSandbox: true });
      return asks.some((ask) => !isAllowed(statements, ask));
    }).length;
  return [
    {
      what: `in the sandbox every one of the ${sends.length} mails would have been allowed`,
      isTrue: sends.length > 0 && refused(false) === 0,
      found: `${refused(false)} refused`,
    },
    {
      what: "(control) in the sandbox, a role that names only our own identity sends none of them",
      isTrue: refused(true) === sends.length,
      found: `${refused(true)} refused`,
    },
  ];
}

const naming = (statement: Statement): Statement => ({
  ...statement,
  Resource: [statement.Resource]
    .flat()
    .map((one) => one.replace(/:identity\/\*$/, ":identity/mail.course.example")),
});

/** The recorded requests, with one mistake in each copy: an expression misspelt, and an answer that was another. */
export function withMistakes(
  requests: readonly Replayable[],
): Record<"an expression misspelt" | "an answer changed", Replayable[]> {
  const put = requests.findIndex(({ body }) => body.includes("attribute_not_exists("));
  const got = requests.findIndex(({ action, answer }) => action === "GetItem" && answer.includes('"Item"'));
  const change = (place: number, how: (one: Replayable) => Replayable) =>
    requests.slice(0, place + 1).map((one, at) => (at === place ? how(one) : one));
  return {
    "an expression misspelt": change(put, (one) => ({
      ...one,
      body: one.body.replace("attribute_not_exists(", "attribute_not_exist("),
    })),
    "an answer changed": change(got, (one) => ({ ...one, answer: one.answer.replace('"Item"', '"item"') })),
  };
}
