import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Content } from "../functions/domain/content.ts";
import { PICTURE_LIFE, PICTURES_PATH } from "../functions/domain/pictures.ts";

/** What of a deployment they need. */
interface PicturesPlace {
  services: { content: Pick<Content, "pictures"> };
  outputs: Record<string, string>;
}

/**
 * Puts the pictures that these mails show where readers' programs ask for them: what was written since the last deploy
 * is not there yet. One that is there already is put there again, the same.
 */
export async function putPictures(
  { services, outputs }: PicturesPlace,
  htmls: readonly string[],
  s3 = new S3Client({}),
): Promise<void> {
  const { pictures = [] } = services.content;
  const shown = pictures.filter(({ name }) => htmls.some((html) => html.includes(name)));
  if (shown.length === 0) return;
  for (const { name, type, bytes } of shown)
    await s3.send(
      new PutObjectCommand({
        Bucket: outputs.PictureBucket,
        Key: `${PICTURES_PATH}/${name}`,
        Body: bytes,
        ContentType: type,
        CacheControl: PICTURE_LIFE,
      }),
    );
}
