import type { LeavingWords } from "./leaving-words-en-de.ts";

const sk: LeavingWords = {
  me: "(ma|mna|mi|nas|(moju|moje|moj|mojej|tuto|tento|nasu) (adresu|e ?mail|mail|meno|e ?mailovu adresu|mailovu adresu|emailovu adresu|udaje|ucet|osobne udaje|kontakt))",
  ours: "((z|zo|od|do|na|tohto|tejto|tento|tieto|ten|ta|to|vasho|vasej|vase|vas|vasich|tvoj|tvojho|moj|moje|dalsie|ziadne|ziadny|vsetkych|vsetky|viac) )*(zoznamu|zoznam|zoznamy|zoznamov|rozosielania|mailing listu|mailinglistu|odberu|odber|odbery|newslettra|newsletteru|newsletter|newslettery|spravodaja|kurzu|kurz|kurzy|e ?maily|e ?mailov|maily|mailov|spravy|sprav|lekcie|lekcii|databazy|spam|spamy|evidencie|zasielania|zasielanie|posty|predplatne|registraciu|registracie|systemu|adresara|distribucie)",
  end: "prosim|dakujem|dakujeme|vdaka|dik|hned|ihned|okamzite|pretoze|a|nemam|uz|s|lebo|kedze|ale|vopred|je|pekny|zdravim|nie som",
  asks: [
    "(zruste|zrus|zrusit|ukoncite|ukonci|ukoncit|stornujte) (mi |nam |prosim |moj |tento |nase )*({ours}) ?#",
    "(odhlas@|vyskrtn@|vymaz@|zmaz@|odstran@|vyrad@|vyhod@|odober@|vypis@|skrtn@) (prosim |okamzite |hned |,? ?)*{me}",
    "{me} (prosim |okamzite |laskavo |)*(odhlas@|vyskrtn@|vymaz@|zmaz@|odstran@|vyrad@|skrtn@) ?({ours}|#)?",
    "(odhlasujem sa|rusim|ukoncujem|koncim s|odstupujem od|vystupujem) ?({ours}|#|z|zo|odber|svoj|moj|kurz)",
    "(chcem|chcel|chcela|chceme|prosim|ziadam|prosim o|rad|rada|ziadam o|zelam si|mohli by ste|mozete|mohol by si|mohla by si|mozes) *(odhlas@|zrus@|ukonc@|vyskrtn@|odstran@|vymaz@|zmaz@|vyrad@|opustit|prestat|vystupit|odhlasenie|vyradenie|skoncit) ?({me} |sa |s |)?({ours}|#|z|zo|od|odber@|moju|ma)",
    "(chcem|chcel by som|chcela by som|rad by som|rada by som) s {ours} (skoncit|prestat)",
    "(zrus@|ukonc@|stornuj@|zastav@|vypovedam) (prosim |)?(mi |)?(moj |moje |moju |tento |)?(odber@|predplatn@|kurz|newsletter|registraci@|ucet|zasielanie|clenstvo)",
    "(nezelam|nechcem|nechceme|nemam zaujem|neplanujem|nechcel)( si| uz| dalej| viac)* (dostava@|odoberat|prijimat|zasiela@|citat|pokracovat|ziadne (dalsie |)?(maily|e ?maily|spravy|lekcie)|tieto|vase|zucastnit|aby ste mi)",
    "(uz |dalej |viac |)?(mi |nam |)(uz |to |prosim |viac |)*(neposiela@|neposli@|nepis@|nezasiela@|nekontakt@)",
    "(prestan@|prestat|skonc@|nechaj@) (mi |uz |prosim |s |toho |)*(posiela@|pisat|zasiela@|spamova@|otravova@|tymi|tym|e ?maily|maily|obtazova@)",
    "(odvolavam|beriem spat|stahujem) *suhlas",
    "(namietam|vznasam namietku|nesuhlasim so spracovan@)",
    "(vymaz@|zmaz@|odstran@) *(vsetky |vsetkych |moje |)*(osobne |)?(udaje|udajov|data)",
    "(odhlasovaci|odkaz na odhlasenie|tlacidlo) *(odkaz |)?(nefung@|nejde|chyba)",
  ],
  alone: [
    "(odhlasit|odhlasenie|odhlaste|odhlaste ma|odhlasit sa|odhlas ma|zrusit odber|zrusenie odberu|odhlasenie (z |zo |)(odberu|kurzu|newslettra|zoznamu)|odhlasit (z |zo )(odberu|kurzu|newslettra|zoznamu)|zruste odber|zmazte ma|vyskrtnite ma|vymazte ma|zrusit (newsletter|kurz|predplatne)|odhlasujem sa|ukoncit odber|ukoncit kurz)( prosim| z kurzu| z newslettra|)",
    "(uz )?(ziadne|dost) (dalsie |uz |)*(e ?maily|maily|spravy|newslettery|lekcie|mailov)",
  ],
  short: [
    "(stop|koniec|dost|zrusit|zruste|zmazat|zmazte|ukoncit|odstranit|prestante|nechajte toho|koncim|vymazat|staci|odchadzam|uz dost|uz nie|zrusenie)( uz| toho| to| s tym|)",
    "(nemam|bez|nie je) (zaujem|zaujmu|nic pre mna|cas)( uz| o to|)",
    "(uz )?(to )?(nechcem|nezaujima ma)( uz| to| to uz|)",
    "(dajte|nechajte) (mi|ma) (uz )?(pokoj|na pokoji)",
  ],
  because: [
    "(k nicomu|nikdy|nic|som) *(som sa |sa |)*(neprihlasil@|neregistroval@|neobjednal@|neprihlasoval@) *",
    "(prilis|vela|dostavam|nemam) *",
    "(menim|zmenil@|mam novu) *",
    "(dakujem|vdaka|dik) (za|ale|aj tak) *",
    "(bohuzial|ospravedlnujem@|vela stastia|nic osobne|prepacte|kurz je fajn)",
    "(tymto to|ja) (pre mna )?(uz )?konci@?",
    "(vid|podla) predmet@",
    "(zla adresa|omylom|odkial mate *)",
  ],
  and: "a|ale|pretoze|takze|lebo|preto|avsak|tak",
  never: [
    "(povedal@|hovoril@|opytal@|odpovedal@|napisal@|poziadal@|pomyslel@|vravi) (som|mi|mu|jej|sef|sefka|ze|on|ona|aby|si|klient)|(sef|sefka|klient|on|ona) (povedal|povedala|opytal@|odpovedal@|napisal@)",
    "(ne)(odhlas|maz|vyskrt|odstran|rus|vymaz|zmaz|vyrad)@|(nechcem|nemienim) (sa )?(odhlas@|odist|koncit|prestat)",
    "(odhlasil|odhlasila|zrusil|zrusila|odhlasili|vypovedal)@?( |$|,)",
    "(nasho|nas|nase|nasi|jeho|ich) (newsletter@|zakazni@|klient@|odber@)",
    "omylom *(odhlas|klik|zrus)|(naspat|znovu|znova) (na zoznam|do zoznamu|prihlas|zarad)",
    "ak (nechcete|si nezelate|uz nechcete)|este ze|po (18|siestej)",
  ],
  maybe: [
    "^(ako|kde|kedy|existuje|je niekde|preco|co mam) ",
    "(da sa|mozem|mohol by som|mala by som|mal by som|je mozne|ide to)",
    "(mozno|asi|skoro|coskoro|najskor|casom|takmer)",
    "(^|,) ?(ci|ak|keby) (to|sa|nie|bude|budem|dalej|tak|by)",
    "(premyslam|uvazujem|zvazujem|rozmyslam) *",
    "(neviem|nie som si ist@|nerozhodol|nerozhodla)",
    "(kolega|kolegyna|kamarat|manzel|manzelka|niekto) *(chce|pytal|pyta)",
  ],
  mentions: [
    "odhlas@|odhlaseni@",
    "(zrusit|ukoncit|opustit|prestat) (odber|kurz|newsletter|tento|predplatne|s kurzom)",
  ],
  all: [
    "(vsetkych|vsetky|vsetko|ziadne|ziadny|akekolvek|kazdeho) (ma |moje |dalsie |vase |vasich |osobne |)*(zoznamov|zoznamy|e ?maily|maily|newslettery|udaje|data|spravy|odbery|odberov)|vsetkeho|nic dalsie|uz nikdy|nikdy viac|osobne udaje|gdpr|suhlas|namiet@|vsade",
  ],
};

export const LEAVING_SK = { sk };
