/** Made by the build (`infra/bundle.ts`) out of `content/` and `templates/`. Only handlers import it. */
declare module "coursepost:content" {
  export const content: import("./domain/content.ts").Content;
  /** The same without a page: for functions that show none. */
  export const mails: import("./domain/content.ts").Content;
}
