import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type Alarms, atOnce } from "./alarms.ts";
import type { FunctionName } from "./bundle.ts";

interface DeployedFunctionProps {
  name: FunctionName;
  does: string;
  /** Who is hurt, and how, while this function fails: the text of its alarm. None where another alarm tells it. */
  failureMeans?: string;
  timeout: Duration;
  environment: Record<string, string>;
  /** Holds `<name>/index.mjs` of every function. */
  functionsDir: string;
  logDays: number;
  alarms: Alarms;
}

/**
 * One of our functions: the bundle that the build made, a role that may write its own log and nothing else until
 * it is granted more, and an alarm that says who is hurt.
 *
 * The template names the bundle in the function's metadata: "aws:asset:path" is a folder of the assembly, next
 * to the template, and holds a copy of `<functionsDir>/<name>`. The one-machine mode finds the code by it.
 */
export class DeployedFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: DeployedFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Log", {
      retention: props.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.lambda = new LambdaFunction(this, "Function", {
      description: props.does,
      code: Code.fromAsset(bundleFolder(props.functionsDir, props.name)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // A function's share of a processor grows with its memory; below this, cold starts are felt by readers.
      memorySize: 512,
      timeout: props.timeout,
      environment: props.environment,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.TEXT,
    });
    if (props.failureMeans === undefined) return;
    props.alarms.when(this, "Failing", {
      ...atOnce(this.lambda.metricErrors({ period: Duration.minutes(5) })),
      hurts: `${props.name} fails. ${props.failureMeans}`,
    });
  }

  /** Allows these actions on exactly these resources. */
  may(
    actions: string[],
    resources: string[],
    conditions?: Record<string, Record<string, string | readonly string[]>>,
  ): this {
    this.role.addToPolicy(new PolicyStatement({ actions, resources, conditions }));
    return this;
  }
}

function bundleFolder(functionsDir: string, name: FunctionName): string {
  const folder = join(functionsDir, name);
  if (existsSync(join(folder, "index.mjs"))) return folder;
  throw new Error(`${folder} holds no index.mjs: run "npm run build" before the stack is synthesized`);
}
