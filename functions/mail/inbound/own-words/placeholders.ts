/** Where a picture stood: clients leave its name or its number in the text part. */
const PLACEHOLDER =
  /^(?:\[(?:cid:[^\]\s]{1,200}|(?:image|inline image|embedded image|bild|imagen|imagem|immagine|afbeelding|bilde|billede|kuva|obraz|obrázek|изображение|图片|画像)(?::[^\]]{0,200}|\s?\d{0,3}|\.\w{3,4}))\]|<(?:image|pastedgraphic|screenshot)[\w.@ -]{0,100}\.(?:png|jpe?g|gif|webp|heic)>|\ufffc)$/iu;

/** The whole line is such a place. */
export const isPlaceholder = (plain: string): boolean => plain.length < 260 && PLACEHOLDER.test(plain);
