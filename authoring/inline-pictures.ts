import { PICTURES_PATH, type Picture } from "../functions/domain/pictures.ts";
import { sampleSettings } from "./samples.ts";

/** A sample's markup with its pictures in it, for who looks at it without a server. */
export const withInlinePictures = (html: string, pictures: readonly Picture[] = []): string =>
  pictures.reduce((shown, { name, type, bytes }) => {
    const url = `${sampleSettings.pictureOrigin}/${PICTURES_PATH}/${name}`;
    return shown.replaceAll(url, `data:${type};base64,${Buffer.from(bytes).toString("base64")}`);
  }, html);
