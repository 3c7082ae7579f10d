import { createHash } from "node:crypto";
import type { VirtualClock } from "./clock.ts";
import { xml } from "./endpoint.ts";
import { ServiceError, type WireRequest, type WireResponse, type WireService } from "./request.ts";
import { Snapshot } from "./snapshot.ts";

interface StoredObject {
  body: Uint8Array;
  contentType: string;
  cacheControl?: string;
  /** Epoch milliseconds. */
  lastModified: number;
}

interface Bucket {
  expireAfterDays?: number;
  objects: Map<string, StoredObject>;
}

type KeptObjects = Record<
  string,
  Record<string, { body: string; contentType: string; cacheControl?: string; lastModified: number }>
>;

const DAY = 86_400_000;
const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

/** S3, path style: objects whole, in memory, kept in the state folder by `save`. */
export class S3 implements WireService {
  readonly #clock: VirtualClock;
  readonly #buckets = new Map<string, Bucket>();
  readonly #snapshot: Snapshot<KeptObjects>;

  constructor(options: { clock: VirtualClock; folder?: string }) {
    this.#clock = options.clock;
    this.#snapshot = new Snapshot(options.folder, "s3");
    for (const [name, objects] of Object.entries(this.#snapshot.read() ?? {})) {
      const entries = Object.entries(objects).map(
        ([key, object]) => [key, { ...object, body: Buffer.from(object.body, "base64") }] as const,
      );
      this.#buckets.set(name, { objects: new Map(entries) });
    }
  }

  /** Objects are deleted this many days after they were written; never if left out. */
  createBucket(name: string, options: { expireAfterDays?: number } = {}): void {
    this.#buckets.set(name, { objects: this.#buckets.get(name)?.objects ?? new Map(), ...options });
  }

  put(
    bucket: string,
    key: string,
    body: Uint8Array,
    contentType = "application/octet-stream",
    cacheControl?: string,
  ): void {
    const kept = cacheControl === undefined ? {} : { cacheControl };
    const lastModified = this.#clock.now();
    this.#bucket(bucket).objects.set(key, { body, contentType, ...kept, lastModified });
  }

  get(bucket: string, key: string): StoredObject | undefined {
    return this.#living(this.#bucket(bucket)).get(key);
  }

  keys(bucket: string, prefix = ""): string[] {
    const keys = [...this.#living(this.#bucket(bucket)).keys()];
    return keys.filter((key) => key.startsWith(prefix)).sort();
  }

  save(): void {
    const kept: KeptObjects = {};
    for (const [name, bucket] of this.#buckets) {
      const entries = [...this.#living(bucket)].map(
        ([key, object]) => [key, { ...object, body: Buffer.from(object.body).toString("base64") }] as const,
      );
      kept[name] = Object.fromEntries(entries);
    }
    this.#snapshot.write(kept);
  }

  handle(request: WireRequest): WireResponse {
    const [bucket = "", ...rest] = request.path.slice(1).split("/");
    const key = decodeURIComponent(rest.join("/"));
    switch (request.action) {
      case "PutObject":
        return this.#put(bucket, key, request);
      case "GetObject":
        return this.#read(bucket, key, request.headers.range);
      case "HeadObject":
        return this.#head(bucket, key);
      case "DeleteObject":
        this.#bucket(bucket).objects.delete(key);
        return { status: 204 };
      case "DeleteObjects":
        return this.#deleteAll(bucket, request.body.toString());
      case "ListObjectsV2":
        return this.#list(bucket, request.query);
      default:
        throw new ServiceError("NotImplemented", `S3 ${request.method} ${request.path}`, 501);
    }
  }

  #put(bucket: string, key: string, { body, headers }: WireRequest): WireResponse {
    const chunked = headers["x-amz-content-sha256"]?.startsWith("STREAMING-") ?? false;
    const content = chunked ? unchunk(body) : body;
    this.put(bucket, key, content, headers["content-type"], headers["cache-control"]);
    return { status: 200, headers: { etag: etag(content) } };
  }

  #read(bucket: string, key: string, range: string | undefined): WireResponse {
    const object = this.#object(bucket, key);
    const headers = objectHeaders(object);
    if (range === undefined) return { status: 200, headers, body: object.body };
    const { from, to } = readRange(range, object.body.length);
    headers["content-range"] = `bytes ${from}-${to}/${object.body.length}`;
    return { status: 206, headers, body: object.body.subarray(from, to + 1) };
  }

  #head(bucket: string, key: string): WireResponse {
    const object = this.get(bucket, key);
    // A HEAD's answer has no body, so its error cannot say more than 404.
    if (object === undefined) return { status: 404 };
    return {
      status: 200,
      headers: { ...objectHeaders(object), "content-length": String(object.body.length) },
    };
  }

  #deleteAll(bucket: string, body: string): WireResponse {
    const { objects } = this.#bucket(bucket);
    const keys = [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unxml(key));
    for (const key of keys) objects.delete(key);
    const quiet = /<Quiet>true<\/Quiet>/.test(body);
    const deleted = quiet ? [] : keys.map((key) => `<Deleted><Key>${xml(key)}</Key></Deleted>`);
    const result = `${XML_HEAD}<DeleteResult xmlns="${NAMESPACE}">${deleted.join("")}</DeleteResult>`;
    return { status: 200, headers: { "content-type": "application/xml" }, body: result };
  }

  #list(bucket: string, query: URLSearchParams): WireResponse {
    const most = Math.min(1000, Number(query.get("max-keys") ?? 1000));
    const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
    const prefix = query.get("prefix") ?? "";
    const keys = this.keys(bucket, prefix).filter((key) => key > after);
    const page = keys.slice(0, most);
    const truncated = keys.length > page.length;
    const contents = page.map((key) => objectContents(key, this.#object(bucket, key)));
    const next = truncated ? `<NextContinuationToken>${xml(page.at(-1) ?? "")}</NextContinuationToken>` : "";
    const head = `<Name>${xml(bucket)}</Name><Prefix>${xml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${truncated}</IsTruncated>`;
    const result = `${XML_HEAD}<ListBucketResult xmlns="${NAMESPACE}">${head}${next}${contents.join("")}</ListBucketResult>`;
    return { status: 200, headers: { "content-type": "application/xml" }, body: result };
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined)
      throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404);
    return bucket;
  }

  #object(bucket: string, key: string): StoredObject {
    const object = this.get(bucket, key);
    if (object === undefined) throw new ServiceError("NoSuchKey", "The specified key does not exist.", 404);
    return object;
  }

  #living({ objects, expireAfterDays }: Bucket): Map<string, StoredObject> {
    if (expireAfterDays === undefined) return objects;
    const oldest = this.#clock.now() - expireAfterDays * DAY;
    for (const [key, { lastModified }] of objects) if (lastModified <= oldest) objects.delete(key);
    return objects;
  }
}

const etag = (body: Uint8Array): string => `"${createHash("md5").update(body).digest("hex")}"`;

export const objectHeaders = ({
  body,
  contentType,
  cacheControl,
  lastModified,
}: StoredObject): Record<string, string> => ({
  "content-type": contentType,
  ...(cacheControl !== undefined && { "cache-control": cacheControl }),
  "last-modified": new Date(lastModified).toUTCString(),
  "accept-ranges": "bytes",
  etag: etag(body),
});

function objectContents(key: string, { body, lastModified }: StoredObject): string {
  const modified = new Date(lastModified).toISOString();
  return `<Contents><Key>${xml(key)}</Key><LastModified>${modified}</LastModified><ETag>${xml(etag(body))}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
}

/** One range of RFC 9110 §14.1: `bytes=0-99`, `bytes=100-`, `bytes=-50`. Both ends count. */
function readRange(range: string, size: number): { from: number; to: number } {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw new ServiceError("InvalidRange", "The requested range is not satisfiable", 416);
  return { from, to };
}

/** The SDK sends streams as `aws-chunked`: a hexadecimal size, the bytes, and checksums behind the last chunk. */
function unchunk(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, end), 16);
    if (!(size > 0)) break;
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

const unxml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? "");
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
