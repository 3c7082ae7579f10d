/** The services by their names in a SigV4 credential scope. */
export type ServiceName = "dynamodb" | "ses" | "sns" | "sqs" | "s3" | "secretsmanager" | "events";

/** Where the emulated cloud is. */
export interface CloudPlace {
  region: string;
  account: string;
}

export interface WireRequest {
  service: ServiceName;
  /** The operation's name, for example `SendRawEmail`. */
  action: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
  /** Aborted when the caller has gone away, answered or not. */
  gone?: AbortSignal;
}

export interface WireResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** The answer is lost on its way: the connection breaks, or stays silent. */
  lost?: "reset" | "silence";
}

export interface WireService {
  handle(request: WireRequest): WireResponse | Promise<WireResponse>;
}

/** An error as a service says it: a code that the SDK makes an exception's name. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
