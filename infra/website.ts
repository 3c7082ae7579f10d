import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type CfnStage,
  DomainName,
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import {
  type ADDRESS_ROUTES,
  API_ROUTES,
  ARCHIVE_ROUTES,
  LEAVE_ROUTES,
  OTHER_API_PATHS,
  OTHER_PATHS,
  PAGE_ROUTES,
  type Route,
} from "../functions/domain/routes.ts";
import { type Alarms, atOnce } from "./alarms.ts";
import type { DeployedFunction } from "./function.ts";
import type { StageSettings } from "./stage-schema.ts";

interface Throttle {
  ThrottlingRateLimit: number;
  ThrottlingBurstLimit: number;
}
/**
 * Requests a second of what makes us send mail because someone pressed a button. Each holds an invocation for a second
 * (`ANSWER_FLOOR`): all of them together hold half of the ten that a new account has.
 */
const SENDS_MAIL: Record<(typeof ADDRESS_ROUTES)[number], Throttle> = {
  "POST /sign-up": { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 20 },
  "POST /new-link/{token}": { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 5 },
  "POST /fresh-link/{token}": { ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 5 },
  "POST /change-address/{token}": { ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 5 },
};
/** What readers write on a page: a person takes minutes to it, and ten thousand of them do not press within a second. */
const TAKES_WORDS: Throttle = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 20 };
const SHOWS_A_PAGE: Throttle = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
const WRITES_DOWN: Partial<Record<Route, Throttle>> = {
  "POST /reader/{token}/{course}/{slug}": TAKES_WORDS,
  "POST /remove-answer/{token}": TAKES_WORDS,
};
/** Of each of the API's routes. */
const ANSWERS_PROGRAMS: Throttle = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
const ROUTES_OF_API: readonly Route[] = [...API_ROUTES, OTHER_API_PATHS];
const isOfApi = (route: string): boolean => ROUTES_OF_API.some((one) => one === route);
const routeThrottle = (route: string): Throttle =>
  ({ ...SENDS_MAIL, ...WRITES_DOWN })[route as Route] ?? (isOfApi(route) ? ANSWERS_PROGRAMS : SHOWS_A_PAGE);

/** The methods of each path, in the order in which the paths are named. */
function byPath(routes: readonly Route[]): Map<string, HttpMethod[]> {
  const methods = new Map<string, HttpMethod[]>();
  for (const route of routes) {
    const [method, path = ""] = route.split(" ");
    methods.set(path, [...(methods.get(path) ?? []), method as HttpMethod]);
  }
  return methods;
}

/** By route key, never by path: paths hold tokens. No network address either. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  at: "$context.requestTimeEpoch",
  route: "$context.routeKey",
  status: "$context.status",
  ms: "$context.responseLatency",
  bytes: "$context.responseLength",
  error: "$context.error.message",
  integrationError: "$context.integrationErrorMessage",
};

/** The HTTP API: the landing page, and all that a link in a mail leads to. */
export class Website extends Construct {
  readonly api: HttpApi;
  /** `https://…` without a trailing slash. */
  readonly origin: string;
  /** What the web domain's record must point at. */
  readonly domainTarget?: string;
  private readonly stage: HttpStage;

  constructor(scope: Construct, id: string, props: { stage: StageSettings; alarms: Alarms }) {
    super(scope, id);
    const { stage, alarms } = props;
    const domain = this.domain(stage);
    this.domainTarget = domain?.regionalDomainName;
    this.api = new HttpApi(this, "Api", {
      createDefaultStage: false,
      // With a web domain, its address is the only one: links and logs know one origin.
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.stage = this.liveStage(stage, domain);
    this.origin = stage.webDomain ? `https://${stage.webDomain}` : this.api.apiEndpoint;
    alarms.when(this, "Broken", {
      ...atOnce(this.api.metricServerError({ period: Duration.minutes(5) })),
      // The pages' functions are reached by the API alone, so this sees them crash as well, and Lambda refuse them.
      hurts:
        "web or unsubscribe fails: somebody who signed up, confirmed, unsubscribed or opened their page saw an error. They may try again, or call the mail spam; the law gives days for an unsubscribe, spam buttons give seconds.",
    });
  }

  /** Every page, throttled. */
  servePages(web: DeployedFunction, stage: StageSettings): void {
    const integration = new HttpLambdaIntegration("Web", web.lambda);
    for (const [path, methods] of byPath([...PAGE_ROUTES, ...(stage.archive ? ARCHIVE_ROUTES : [])])) {
      this.throttle(
        this.api.addRoutes({ path, methods, integration }),
        methods.map((method) => `${method} ${path}`),
      );
    }
    const others = new HttpRoute(this.api, "OtherPaths", {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration,
    });
    this.throttle([others], [OTHER_PATHS]);
    this.acknowledgePublic();
  }

  /** What other programs ask. While there is no key, whoever asks is a stranger: they may not take the pages' invocations. */
  serveApi(api: DeployedFunction): void {
    const integration = new HttpLambdaIntegration("Programs", api.lambda);
    for (const [path, methods] of byPath(ROUTES_OF_API))
      this.throttle(
        this.api.addRoutes({ path, methods, integration }),
        methods.map((method) => `${method} ${path}`),
      );
  }

  /** Never throttled: a refused unsubscribe becomes a spam complaint, and a provider may POST for thousands at once. The function tells of floods. */
  serveUnsubscribe(unsubscribe: DeployedFunction): void {
    const integration = new HttpLambdaIntegration("Unsubscribe", unsubscribe.lambda);
    for (const [path, methods] of byPath(LEAVE_ROUTES)) this.api.addRoutes({ path, methods, integration });
    this.acknowledgePublic();
  }

  private domain(stage: StageSettings): DomainName | undefined {
    if (!stage.webDomain || !stage.certificateArn) return undefined;
    return new DomainName(this, "Domain", {
      domainName: stage.webDomain,
      certificate: Certificate.fromCertificateArn(this, "Certificate", stage.certificateArn),
    });
  }

  private liveStage(stage: StageSettings, domainName: DomainName | undefined): HttpStage {
    const logGroup = new LogGroup(this, "AccessLog", {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      domainMapping: domainName && { domainName },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }

  /** CDK knows a limit for a whole stage only, and that would hold for unsubscribing too. */
  private throttle(routes: HttpRoute[], keys: string[]): void {
    const stage = this.stage.node.defaultChild as CfnStage;
    for (const route of keys) {
      // A dot in a path is no step into what is overridden.
      const key = route.replaceAll(".", "\\.");
      stage.addPropertyOverride(`RouteSettings.${key}`, routeThrottle(route));
    }
    // A limit of a route that is not there yet fails the deploy.
    this.stage.node.addDependency(...routes);
  }

  private acknowledgePublic(): void {
    Validations.of(this.api).acknowledge({
      id: "AwsSolutions-APIG4",
      reason:
        "A public website: whoever signs up has no account, and RFC 8058 forbids to ask for one to unsubscribe. What a link may do, a signed token in its path decides.",
    });
  }
}
